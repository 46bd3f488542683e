package io.infraai.engine.offline;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** What only looks: the first rule that fits the sentence decides. */
final class Reads {

    private record Rule(Predicate<Ask> fits, Function<Ask, Plan> plan) {}

    private static final Set<Term> FACETS = Set.of(Term.LOGS, Term.EVENTS, Term.DESCRIBE, Term.HISTORY, Term.STATUS);

    private static final List<Rule> RULES = List.of(
            new Rule(Reads::forbids, _ -> Plan.say(Guide.NOTHING_CHANGED)),
            new Rule(
                    ask -> only(ask, Term.YES)
                            || (only(ask, Term.IT) && ask.sentence().says("do")),
                    _ -> Plan.say(Guide.NO_BARE_YES)),
            new Rule(
                    ask -> ask.has(Term.APPROVE) && ask.sentence().tokens().size() < 6, _ -> Plan.say(Guide.APPROVALS)),
            new Rule(
                    ask -> ask.has(Term.HELP)
                            || ask.sentence().saysInARow("can", "you", "do")
                            || only(ask, Term.GREETING),
                    _ -> Plan.say(Guide.HELP)),
            new Rule(ask -> only(ask, Term.THANKS), _ -> Plan.say("You're welcome.")),
            new Rule(ask -> ask.has(Term.DOCUMENT) && ask.slots().uuid().isPresent(), Lookups::document),
            new Rule(ask -> ask.has(Term.PROPOSE) && ask.has(Term.POLICY), Own::proposal),
            new Rule(Own::asksWhyDecided, Own::decision),
            new Rule(Own::asksWhatWasDone, Own::whatWasDone),
            new Rule(ask -> ask.has(Term.POLICY), _ -> Plan.call(ToolCall.of("get_policies"))),
            new Rule(Own::asksForSimilar, Own::similar),
            new Rule(ask -> ask.has(Term.TASKS, Term.APPROVALS) || Own.asksWhatWaits(ask), Own::tasks),
            new Rule(Reads::asksForFailingPods, Reads::pods),
            new Rule(
                    ask -> ask.has(Term.WHY)
                            && ask.has(Term.FIRING, Term.FIRED)
                            && !ask.slots().called(Term.ALERTS).isEmpty(),
                    Investigation::of),
            new Rule(Own::asksWhatFired, Own::episodes),
            new Rule(
                    ask -> ask.has(Term.ALERTS, Term.FIRING, Term.SILENCED, Term.SILENCE) && !ask.has(Term.WHY),
                    Own::alerts),
            new Rule(ask -> ask.has(Term.DASHBOARDS), Lookups::dashboards),
            new Rule(ask -> ask.slots().subnet().isPresent() || ask.has(Term.DISCOVER), Lookups::discovery),
            new Rule(ask -> ask.has(Term.ASSETS), Lookups::assets),
            new Rule(ask -> ask.has(Term.TARGETS), _ -> Plan.call(ToolCall.of("list_targets"))),
            new Rule(ask -> Metrics.named(ask).isPresent(), Metrics::ofNamed),
            new Rule(ask -> ask.has(Term.METRICS) && !Metrics.measures(ask), Lookups::metrics),
            new Rule(ask -> ask.has(Term.SNAPSHOT, Term.VM, Term.VIRTUAL, Term.MACHINE), Machines::of),
            new Rule(ask -> ask.has(Term.HOST), Machines::host),
            new Rule(
                    ask -> ask.has(Term.TOP) || ask.sentence().says("most"),
                    ask -> Metrics.top(ask, ask.has(Term.NODE))),
            new Rule(ask -> Metrics.measures(ask) && !ask.has(Term.WHY), Metrics::of),
            new Rule(Reads::asksForManifest, Reads::manifest),
            new Rule(Reads::asksForWarnings, Reads::warnings),
            new Rule(
                    ask -> FACETS.stream().filter(facet -> facet != Term.STATUS).anyMatch(ask::has), Reads::facets),
            new Rule(Reads::asksWhatIsWrong, Investigation::of),
            new Rule(ask -> Targets.rolledOut(ask) && !ask.slots().names().isEmpty(), Reads::facets),
            new Rule(ask -> ask.has(Term.NODE), Reads::nodes),
            new Rule(ask -> ask.has(Term.STATUS) || ask.sentence().says("how", "doing"), Reads::status),
            new Rule(ask -> !ask.slots().called(Term.POD).isEmpty(), Reads::facets),
            new Rule(ask -> ask.has(Term.POD), Reads::pods),
            new Rule(ask -> ask.has(Term.RESTARTS, Term.USAGE), Metrics::of),
            new Rule(ask -> kind(ask).isPresent(), Reads::resources),
            new Rule(Reads::namesSomething, Reads::status));

    private Reads() {}

    static Optional<Plan> of(Ask ask) {
        return RULES.stream()
                .filter(rule -> rule.fits().test(ask))
                .findFirst()
                .map(rule -> rule.plan().apply(ask));
    }

    private static boolean only(Ask ask, Term term) {
        return ask.has(term)
                && ask.slots().names().isEmpty()
                && ask.sentence().tokens().size() <= 4
                && ask.sentence().tokens().stream()
                        .allMatch(token -> token.term().isEmpty() || token.is(term));
    }

    private static boolean forbids(Ask ask) {
        return ask.has(Term.NOT)
                && !ask.has(Term.WHY, Term.QUESTION, Term.POLICY)
                && ask.has(
                        Term.RESTART, Term.SCALE, Term.ROLL_BACK, Term.DRAIN, Term.CORDON, Term.SHUT_DOWN, Term.REMOVE);
    }

    /** A name that is known, has a place, or looks like a pod's. */
    private static boolean namesSomething(Ask ask) {
        var known = ask.slots().names().stream()
                .map(name -> name.text().toLowerCase(Locale.ROOT))
                .anyMatch(name ->
                        Thing.looksLikePod(name) || !ask.subjects().called(name).isEmpty());
        return ask.has(Term.IT, Term.FIRST, Term.SECOND, Term.THIRD)
                || (ask.demands(Term.SHOW)
                        && (known
                                || (!ask.slots().names().isEmpty()
                                        && ask.slots().namespace().isPresent())));
    }

    private static boolean asksForFailingPods(Ask ask) {
        var lists = ask.demands(Term.SHOW)
                || ask.sentence().says("which", "what", "any", "all", "are")
                || ask.sentence().tokens().size() <= 5;
        return ask.has(Term.POD)
                && ask.has(Term.WRONG)
                && !ask.has(Term.WHY, Term.INVESTIGATE)
                && lists
                && ask.slots().called(Term.POD).isEmpty()
                && ask.slots().withoutKind().isEmpty()
                && !ask.has(Term.IT);
    }

    private static boolean asksWhatIsWrong(Ask ask) {
        var well =
                ask.has(Term.WELL) && (ask.has(Term.QUESTION) || ask.sentence().says("all", "everything", "anything"));
        return ask.has(Term.WHY, Term.INVESTIGATE)
                || ask.has(Term.WRONG)
                || well
                || ask.has(Term.FIRING)
                || (ask.has(Term.ERRORS) && !ask.has(Term.LOGS))
                || ask.sentence()
                        .says("slow", "slower", "slowly", "sluggish", "laggy", "lagging", "overview", "summary")
                || ask.sentence().saysInARow("going", "on")
                || ask.sentence().saysInARow("what's", "up")
                || ask.sentence().saysInARow("what", "is", "up")
                || ask.sentence().saysInARow("how", "are", "things")
                || (ask.has(Term.STATUS)
                        && ask.slots().names().isEmpty()
                        && kind(ask).isEmpty()
                        && !ask.has(Term.IT))
                || (ask.has(Term.STATUS)
                        && ask.has(Term.NAMESPACE, Term.CLUSTER)
                        && ask.slots().names().isEmpty());
    }

    /** Warnings are a kind of events; errors may be anything. */
    private static boolean asksForWarnings(Ask ask) {
        return ask.sentence().says("warning", "warnings")
                && !ask.has(Term.LOGS, Term.EVENTS, Term.WHY, Term.INVESTIGATE)
                && ask.slots().names().isEmpty();
    }

    private static Plan warnings(Ask ask) {
        return Plan.call(ask.inCluster(ToolCall.of("events"))
                .with("namespace", ask.namespace().orElse(null))
                .with("type", "Warning"));
    }

    private static boolean asksForManifest(Ask ask) {
        return ask.sentence().says("yaml", "manifest", "json", "spec", "definition")
                && !ask.slots().names().isEmpty()
                && kind(ask).isPresent();
    }

    private static Plan manifest(Ask ask) {
        var kind = kind(ask).orElseThrow();
        var name = ask.slots().names().getFirst().text().toLowerCase(Locale.ROOT);
        return Plan.call(ask.inCluster(ToolCall.of("get_resource")
                        .with("kind", kind.resourceKind().orElseThrow())
                        .with("name", name))
                .with(
                        "namespace",
                        kind == Term.NODE || kind == Term.NAMESPACE
                                ? null
                                : ask.namespace().orElse(null)));
    }

    private static Plan pods(Ask ask) {
        var call = ask.inCluster(ToolCall.of("list_pods"))
                .with("namespace", ask.namespace().orElse(null));
        return ask.has(Term.WRONG)
                ? Plan.after(List.of(call), seen -> Plan.say(failing(ask, seen.getFirst())))
                : Plan.call(call);
    }

    private static String failing(Ask ask, Seen seen) {
        var result = seen.result();
        if (!result.done()) {
            return Answers.of(seen);
        }
        var all = result.items("pods").size();
        var troubled = Pods.troubledOf(result.items("pods"));
        var where = ask.namespace().map(namespace -> " in " + namespace).orElse("");
        var rest = result.whole() ? "" : "\n\nThere are more pods than I could read: name the namespace.";
        if (troubled.isEmpty()) {
            return "None of the " + all + " pods" + where + " is failing." + rest;
        }
        return troubled.size() + " of " + all + " pods" + where + " " + (troubled.size() == 1 ? "isn't" : "aren't")
                + " ready:\n\n"
                + Answers.pods(troubled) + rest + "\n\nSay \"why is " + Cells.plain(Pods.name(troubled.getFirst()))
                + " in "
                + Cells.plain(Pods.namespace(troubled.getFirst())) + " failing?\" to look into one.";
    }

    /** Logs, events and the like of one thing, or of a namespace. */
    private static Plan facets(Ask ask) {
        var wholeSpace = ask.slots().names().stream()
                        .allMatch(name -> name.kind().isPresent() && name.kind().get() == Term.CLUSTER)
                && !ask.has(Term.LOGS, Term.DESCRIBE, Term.HISTORY)
                && (!ask.continues()
                        || ask.slots().namespace().isPresent()
                        || ask.subjects().last(Targets.IN_CLUSTER).size() != 1);
        if (ask.has(Term.EVENTS) && wholeSpace) {
            var type = ask.has(Term.ERRORS, Term.WRONG) || ask.sentence().says("warning") ? "Warning" : null;
            return Plan.call(ask.inCluster(ToolCall.of("events"))
                    .with("namespace", ask.namespace().orElse(null))
                    .with("type", type));
        }
        var other = kind(ask).filter(kind -> !Targets.IN_CLUSTER.contains(kind));
        if (other.isPresent() && !ask.has(Term.LOGS, Term.HISTORY)) {
            return described(ask, other.get());
        }
        if (ask.has(Term.HISTORY)) {
            return Targets.toRead(
                    ask,
                    Set.of(Term.DEPLOYMENT),
                    things -> Plan.calls(things.stream()
                            .map(thing -> ClusterObjects.workload(ask, "rollout_history", thing))
                            .toList()));
        }
        var kinds = ask.has(Term.LOGS) ? Targets.PODS : Targets.IN_CLUSTER;
        return Targets.toRead(
                ask,
                kinds,
                things -> Plan.calls(things.stream()
                        .flatMap(thing -> ClusterObjects.calls(ask, thing).stream())
                        .toList()));
    }

    private static Plan described(Ask ask, Term kind) {
        var name = ask.slots().names().stream()
                .filter(each -> each.kind().isEmpty() || each.kind().get() == kind)
                .map(each -> each.text().toLowerCase(Locale.ROOT))
                .filter(Thing::isObject)
                .findFirst()
                .or(() -> kind == Term.NAMESPACE ? ask.slots().namespace() : Optional.empty())
                .or(() -> ask.subjects().last(Set.of(kind)).stream()
                        .map(Thing::name)
                        .findFirst());
        var resource = kind.resourceKind();
        if (name.isEmpty() || resource.isEmpty()) {
            return Plan.say("Which " + kind.name().toLowerCase(Locale.ROOT) + " do you mean? Say its name.");
        }
        var calls = new ArrayList<ToolCall>();
        var space = kind == Term.NODE || kind == Term.NAMESPACE
                ? null
                : ask.namespace().orElse(null);
        if (ask.has(Term.EVENTS)) {
            calls.add(ask.inCluster(ToolCall.of("events").with("object_name", name.get()))
                    .with("namespace", space));
        } else {
            calls.add(ask.inCluster(
                            ToolCall.of("describe").with("kind", resource.get()).with("name", name.get()))
                    .with("namespace", space));
        }
        return Plan.calls(calls);
    }

    private static Plan nodes(Ask ask) {
        var names = ask.slots().called(Term.NODE).isEmpty()
                ? ask.slots().withoutKind()
                : ask.slots().called(Term.NODE);
        var valid = names.stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .filter(Thing::isObject)
                .toList();
        return valid.isEmpty()
                ? Plan.call(ask.inCluster(ToolCall.of("node_status")))
                : Plan.calls(valid.stream()
                        .map(name -> ask.inCluster(ToolCall.of("node_status").with("node_name", name)))
                        .toList());
    }

    private static Plan status(Ask ask) {
        var known = ask.slots().names().isEmpty()
                ? ask.subjects()
                        .last(Set.of(Term.POD, Term.DEPLOYMENT, Term.STATEFULSET, Term.DAEMONSET, Term.NODE, Term.VM))
                : ask.subjects().called(ask.slots().names().getFirst().text().toLowerCase(Locale.ROOT));
        var other = known.size() == 1 ? known.getFirst().kind() : Term.POD;
        if (other == Term.VM) {
            return Plan.call(
                    ToolCall.of("vm_status").with("vm_name", known.getFirst().name()));
        }
        if (other == Term.NODE) {
            return Plan.call(ToolCall.of("node_status")
                    .with("node_name", known.getFirst().name()));
        }
        if (ask.slots().names().isEmpty() && ask.slots().namespace().isPresent() && !ask.has(Term.IT)) {
            return Investigation.of(ask);
        }
        return kind(ask)
                .filter(kind -> !Targets.IN_CLUSTER.contains(kind))
                .map(kind -> described(ask, kind))
                .orElseGet(() -> facets(ask));
    }

    private static Optional<Term> kind(Ask ask) {
        return ask.sentence().tokens().stream()
                .flatMap(token -> token.term().stream())
                .filter(term -> term.resourceKind().isPresent())
                .filter(term ->
                        term != Term.NAMESPACE || ask.slots().namespace().isEmpty() || ask.has(Term.DESCRIBE))
                .findFirst();
    }

    private static Plan resources(Ask ask) {
        var kind = kind(ask).orElseThrow();
        var names = ask.slots().called(kind);
        if (!names.isEmpty()) {
            return Targets.IN_CLUSTER.contains(kind) ? facets(ask) : described(ask, kind);
        }
        return Plan.call(ask.inCluster(ToolCall.of("list_resources")
                        .with("kind", kind.resourceKind().orElseThrow()))
                .with("namespace", ask.namespace().orElse(null)));
    }
}
