package io.infraai.engine.offline;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Finds out which objects a sentence is about: from its own words, from what was spoken of before, else by looking. Where
 * several could be meant it asks; for a change also where only one seems likely.
 */
final class Targets {

    static final Set<Term> WORKLOADS = Set.of(Term.DEPLOYMENT, Term.STATEFULSET, Term.DAEMONSET);
    static final Set<Term> PODS = Set.of(Term.POD);
    static final Set<Term> IN_CLUSTER = Set.of(Term.POD, Term.DEPLOYMENT, Term.STATEFULSET, Term.DAEMONSET);

    private static final int CANDIDATES = 10;

    private final Ask ask;

    /** Which of them may be meant. */
    private final Set<Term> kinds;

    private final boolean toChange;

    private sealed interface Found {

        record These(List<Thing> things) implements Found {}

        record Unclear(String question) implements Found {}

        /**
         * @param name is somewhere
         */
        record Somewhere(Optional<Term> kind, String name) implements Found {}
    }

    private Targets(Ask ask, Set<Term> kinds, boolean toChange) {
        this.ask = ask;
        this.kinds = kinds;
        this.toChange = toChange;
    }

    static Plan toRead(Ask ask, Set<Term> kinds, Function<List<Thing>, Plan> then) {
        return new Targets(ask, kinds, false).plan(then);
    }

    /** Never takes what the user can't have meant by the very words. */
    static Plan toChange(Ask ask, Set<Term> kinds, Function<List<Thing>, Plan> then) {
        return new Targets(ask, kinds, true).plan(then);
    }

    private Plan plan(Function<List<Thing>, Plan> then) {
        var named = ask.slots().names().stream()
                .filter(name ->
                        name.kind().isEmpty() || kinds.contains(name.kind().get()))
                .toList();
        if (named.isEmpty()) {
            var workload = workloadSpokenOf();
            if (workload.isPresent()) {
                var unknown = new Found.Somewhere(
                        Optional.of(workload.get().kind()), workload.get().name());
                return lookedUp(
                        List.of(), List.of(unknown), Optional.of(workload.get().namespace()), then);
            }
            return switch (spokenOf()) {
                case Found.These(var things) -> then.apply(things);
                case Found.Unclear(var question) -> Plan.say(question);
                case Found.Somewhere _ -> Plan.say(whichOne());
            };
        }
        var things = new ArrayList<Thing>();
        var somewhere = new ArrayList<Found.Somewhere>();
        for (var each : named) {
            switch (called(each)) {
                case Found.These(var known) -> things.addAll(known);
                case Found.Unclear(var question) -> {
                    return Plan.say(question);
                }
                case Found.Somewhere unknown -> somewhere.add(unknown);
            }
        }
        return somewhere.isEmpty()
                ? then.apply(things)
                : lookedUp(things, somewhere, ask.slots().namespace(), then);
    }

    private Found spokenOf() {
        var place = ask.has(Term.FIRST) ? 0 : ask.has(Term.SECOND) ? 1 : ask.has(Term.THIRD) ? 2 : -1;
        if (place >= 0) {
            var shown = ask.subjects().shown(kinds);
            return place < shown.size()
                    ? new Found.These(List.of(shown.get(place)))
                    : new Found.Unclear("I have listed " + shown.size() + " of that kind. " + whichOne());
        }
        var last = ask.subjects().last(kinds);
        return switch (last.size()) {
            case 0 -> new Found.Unclear(whichOne());
            case 1 -> new Found.These(last);
            default -> new Found.Unclear(several("Which one do you mean?", last));
        };
    }

    /** Deployments are rolled out and have replicas; what else has, is said. */
    static boolean rolledOut(Ask ask) {
        return ask.sentence().says("rollout", "rollouts") || ask.has(Term.REPLICAS);
    }

    private boolean rollout() {
        return !toChange && kinds.contains(Term.DEPLOYMENT) && rolledOut(ask);
    }

    private Found called(Slots.Named named) {
        var name = named.text().toLowerCase(Locale.ROOT);
        var namespace = ask.slots().namespace();
        if (!Thing.isObject(name)) {
            return new Found.Unclear(
                    "`" + Cells.plain(named.text()) + "` is no name that Kubernetes has. " + whichOne());
        }
        var known = ask.subjects().called(name).stream()
                .filter(thing -> kinds.contains(thing.kind()))
                .filter(thing -> named.kind().isEmpty() || named.kind().get() == thing.kind())
                .filter(thing -> namespace.isEmpty() || namespace.get().equals(thing.namespace()))
                .toList();
        if (known.size() == 1) {
            return new Found.These(known);
        }
        if (known.size() > 1) {
            return new Found.Unclear(several("There are several `" + name + "`. Which one?", known));
        }
        var kind = named.kind()
                .or(() -> rollout() ? Optional.of(Term.DEPLOYMENT) : Optional.empty())
                .or(() -> kinds.size() == 1 && !toChange && !kinds.contains(Term.POD)
                        ? kinds.stream().findFirst()
                        : kinds.contains(Term.POD) && Thing.looksLikePod(name)
                                ? Optional.of(Term.POD)
                                : Optional.empty());
        var only = kinds.equals(Set.of(Term.DEPLOYMENT)) ? Optional.of(Term.DEPLOYMENT) : kind;
        return only.isPresent() && namespace.isPresent()
                ? new Found.These(List.of(new Thing(only.get(), namespace.get(), name)))
                : new Found.Somewhere(only, name);
    }

    /** Of a workload that was spoken of, a pod is looked at. */
    private Optional<Thing> workloadSpokenOf() {
        var workloads = ask.subjects().last(WORKLOADS);
        return !toChange
                        && kinds.equals(PODS)
                        && ask.leans()
                        && !ask.has(Term.FIRST, Term.SECOND, Term.THIRD)
                        && ask.subjects().last(PODS).isEmpty()
                        && workloads.size() == 1
                ? Optional.of(workloads.getFirst())
                : Optional.empty();
    }

    private Plan lookedUp(
            List<Thing> known,
            List<Found.Somewhere> names,
            Optional<String> namespace,
            Function<List<Thing>, Plan> then) {
        if (!ask.offers("list_pods")) {
            return Plan.say("In which namespace is `" + names.getFirst().name() + "`?");
        }
        var look = ask.inCluster(ToolCall.of("list_pods"))
                .with("namespace", namespace.filter(space -> !space.isEmpty()).orElse(null));
        return Plan.after(List.of(look), seen -> {
            var pods = seen.getFirst().result();
            if (!pods.done()) {
                return Plan.say(
                        "I couldn't look for `" + names.getFirst().name() + "`: " + Cells.plain(pods.summary()));
            }
            var things = new ArrayList<>(known);
            for (var each : names) {
                switch (chosen(each.kind(), each.name(), pods)) {
                    case Found.These(var found) -> things.addAll(found);
                    case Found.Unclear(var question) -> {
                        return Plan.say(question);
                    }
                    case Found.Somewhere _ -> throw new IllegalStateException("Looking it up said nothing");
                }
            }
            return then.apply(things);
        });
    }

    private Found chosen(Optional<Term> kind, String name, SeenResult pods) {
        var all = Pods.sorted(pods.items("pods")).stream().filter(Pods::named).toList();
        var exact = all.stream()
                .filter(pod -> Pods.name(pod).equals(name))
                .map(pod -> new Thing(Term.POD, Pods.namespace(pod), name))
                .toList();
        if (kinds.contains(Term.POD) && kind.filter(WORKLOADS::contains).isEmpty() && !exact.isEmpty()) {
            return exact.size() == 1 && (pods.whole() || !toChange)
                    ? new Found.These(exact)
                    : new Found.Unclear(several("Which `" + name + "` do you mean?", exact));
        }
        var made = all.stream().filter(pod -> madeBy(name, pod)).toList();
        var workloads = made.stream()
                .map(pod -> new Thing(
                        kind.filter(WORKLOADS::contains).orElse(controller(name, pod)), Pods.namespace(pod), name))
                .filter(thing -> kinds.contains(thing.kind()))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        if (!workloads.isEmpty()) {
            var sure = workloads.size() == 1 && pods.whole() && (kind.isPresent() || !toChange);
            return sure
                    ? new Found.These(List.copyOf(workloads))
                    : new Found.Unclear(several(none(name, kind), workloads));
        }
        if (!made.isEmpty() && !toChange) {
            var worst = made.getFirst();
            return new Found.These(List.of(new Thing(Term.POD, Pods.namespace(worst), Pods.name(worst))));
        }
        var candidates = (made.isEmpty() ? like(name, all) : made)
                .stream()
                        .map(pod -> new Thing(Term.POD, Pods.namespace(pod), Pods.name(pod)))
                        .toList();
        var more = pods.whole() ? "" : "\n\nThere are more pods than I could read: name the namespace.";
        return new Found.Unclear(several(none(name, kind), candidates) + more);
    }

    private String none(String name, Optional<Term> kind) {
        var where = ask.slots().namespace().map(namespace -> " in " + namespace).orElse("");
        return kind.isEmpty() || kind.get() == Term.POD
                ? "There is no pod `" + name + "`" + where + "."
                : "I'm not sure which " + kind.get().name().toLowerCase(Locale.ROOT) + " `" + name + "` you mean.";
    }

    private static boolean madeBy(String name, JsonNode pod) {
        return controllerName(pod).equals(name);
    }

    private static String controllerName(JsonNode pod) {
        var byDeployment = Thing.deploymentOf(Pods.name(pod));
        return byDeployment.equals(Pods.name(pod)) ? byDeployment.replaceAll("-[0-9]{1,3}$", "") : byDeployment;
    }

    private static Term controller(String name, JsonNode pod) {
        return Pods.name(pod).matches(Pattern.quote(name) + "-[0-9]{1,3}") ? Term.STATEFULSET : Term.DEPLOYMENT;
    }

    private static List<JsonNode> like(String name, List<JsonNode> pods) {
        return pods.stream().filter(pod -> Pods.name(pod).contains(name)).toList();
    }

    private static String several(String question, Collection<Thing> things) {
        if (things.isEmpty()) {
            return question + " Say its name and namespace.";
        }
        var shown = things.stream()
                .limit(CANDIDATES)
                .map(thing -> "- " + Cells.plain(thing.sentence()))
                .collect(Collectors.joining("\n"));
        var rest = things.size() > CANDIDATES ? "\n- … and " + (things.size() - CANDIDATES) + " more" : "";
        return question + " I have seen:\n\n" + shown + rest;
    }

    private String whichOne() {
        var what = kinds.stream()
                .sorted()
                .map(kind -> kind.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(" or "));
        var example = kinds.contains(Term.POD)
                ? "pod web-0 in shop"
                : kinds.contains(Term.DEPLOYMENT) ? "deployment web in shop" : what + " NAME";
        return "Which " + (kinds.size() > 2 ? "object" : what) + " do you mean? Say for example \"" + example + "\".";
    }
}
