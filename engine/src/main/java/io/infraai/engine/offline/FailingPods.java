package io.infraai.engine.offline;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The pod that is meant by what is wrong with it: "the crashing pod of cart in shop", or one that was told of before. */
final class FailingPods {

    private static final Set<Term> OTHERS =
            Set.of(Term.DEPLOYMENT, Term.STATEFULSET, Term.DAEMONSET, Term.NODE, Term.VM);

    private static final int SHOWN = 10;

    private FailingPods() {}

    static boolean meant(Ask ask) {
        if (OTHERS.stream().anyMatch(ask::has)) {
            return false;
        }
        var told = ask.has(Term.IT)
                && ask.slots().names().isEmpty()
                && ask.told().tellsOfFailingPods()
                && ask.subjects().last(Targets.PODS).isEmpty();
        var described =
                ask.has(Term.WRONG) && ask.has(Term.POD) && names(ask.slots()).noneMatch(Thing::looksLikePod);
        return told || described;
    }

    private static Stream<String> names(Slots slots) {
        return slots.names().stream().map(name -> name.text().toLowerCase(Locale.ROOT));
    }

    /** Looks, and goes on only where exactly one pod is failing there. */
    static Plan theOnlyOne(Ask ask, Function<Thing, Plan> then) {
        var slots = ask.slots().names().isEmpty()
                ? ask.told().sentences().stream().map(Slots::of).toList()
                : List.of(ask.slots());
        var owners = slots.stream().flatMap(FailingPods::names).collect(Collectors.toSet());
        var namespace = ask.slots()
                .namespace()
                .or(() -> slots.stream()
                        .flatMap(each -> each.namespace().stream())
                        .findFirst())
                .or(() -> Optional.of(ask.subjects().namespace()).filter(space -> !space.isEmpty() && ask.continues()));
        var look = ask.inCluster(ToolCall.of("list_pods")).with("namespace", namespace.orElse(null));
        return Plan.after(List.of(look), seen -> {
            var result = seen.getFirst().result();
            if (!result.done()) {
                return Plan.say(Answers.of(seen.getFirst()));
            }
            var failing = Pods.troubledOf(result.items("pods")).stream()
                    .filter(Pods::named)
                    .filter(pod -> owners.isEmpty()
                            || owners.stream().anyMatch(owner -> Pods.name(pod).startsWith(owner + "-")))
                    .map(pod -> new Thing(Term.POD, Pods.namespace(pod), Pods.name(pod)))
                    .toList();
            return failing.size() == 1 && result.whole()
                    ? then.apply(failing.getFirst())
                    : Plan.say(unclear(failing, result.whole()));
        });
    }

    private static String unclear(List<Thing> failing, boolean whole) {
        var rest = whole ? "" : "\n\nThere are more pods than I could read: name the namespace.";
        return failing.isEmpty()
                ? "No pod is failing there, so there is none to restart." + rest
                : "Which one do you mean? These are failing:\n\n"
                        + failing.stream()
                                .limit(SHOWN)
                                .map(pod -> "- " + Cells.plain(pod.sentence()))
                                .collect(Collectors.joining("\n"))
                        + rest;
    }
}
