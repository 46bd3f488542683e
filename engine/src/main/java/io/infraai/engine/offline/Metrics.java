package io.infraai.engine.offline;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;

/** What is asked of Prometheus. */
final class Metrics {

    private static final int DEFAULT_MINUTES = 60;

    private static final List<Term> MEASURED = List.of(Term.CPU, Term.MEMORY, Term.DISK, Term.RESTARTS);

    private Metrics() {}

    /** A query that the user wrote: over time when they name a time, else now. */
    static Optional<Plan> written(String message, Set<String> offered) {
        return PromQl.written(message).map(query -> {
            var behind = message.substring(message.lastIndexOf(query.charAt(query.length() - 1)));
            var minutes = behind.contains("last") || behind.contains("past") ? seconds(behind) : OptionalInt.empty();
            return Plan.call(
                    minutes.isPresent() && offered.contains("query_range")
                            ? ToolCall.of("query_range")
                                    .with("query", query)
                                    .with("minutes", Math.max(1, minutes.getAsInt() / 60))
                            : ToolCall.of("query_prometheus").with("query", query));
        });
    }

    private static OptionalInt seconds(String text) {
        return Sentence.of(text).stream()
                .map(Slots::of)
                .map(Slots::seconds)
                .filter(OptionalInt::isPresent)
                .findFirst()
                .orElse(OptionalInt.empty());
    }

    /** A metric that the user calls by its name, whose values they want: {@code http_requests_total}. */
    static Optional<String> named(Ask ask) {
        return ask.sentence().tokens().stream()
                .map(Token::text)
                .filter(text -> PromQl.isMetric(text) && text.indexOf('_') > 0)
                .findFirst()
                .filter(_ -> ask.slots().seconds().isPresent()
                        || ask.sentence()
                                .says("change", "changes", "develop", "trend", "rise", "risen", "rising", "growing")
                        || ask.has(Term.HISTORY)
                        || ask.sentence()
                                .says("value", "values", "current", "currently", "now", "high", "many", "much"));
    }

    static Plan ofNamed(Ask ask) {
        var query = named(ask).orElseThrow();
        var now = ask.slots().seconds().isEmpty()
                && ask.sentence().says("value", "values", "current", "currently", "now", "high", "many", "much");
        return Plan.call(
                now
                        ? ToolCall.of("query_prometheus").with("query", query)
                        : ToolCall.of("query_range")
                                .with("query", query)
                                .with("minutes", ask.minutes().orElse(DEFAULT_MINUTES)));
    }

    static boolean measures(Ask ask) {
        return MEASURED.stream().anyMatch(ask::has);
    }

    static Plan of(Ask ask) {
        var machines = ask.slots().called(Term.VM, Term.MACHINE);
        if (!machines.isEmpty()) {
            return Plan.calls(machines.stream().map(Metrics::ofMachine).toList());
        }
        var names = ask.slots().names().stream()
                .map(name -> name.text().toLowerCase(Locale.ROOT))
                .filter(Thing::isObject)
                .toList();
        var spokenOf = names.isEmpty() && ask.has(Term.IT) ? spokenOf(ask) : Optional.<Thing>empty();
        if (spokenOf.filter(thing -> thing.kind() == Term.VM).isPresent()) {
            return Plan.call(ofMachine(spokenOf.get().name()));
        }
        var isNode = ask.has(Term.NODE)
                || (ask.namespace().isEmpty() && names.stream().anyMatch(Thing::looksLikeNode))
                || spokenOf.filter(thing -> thing.kind() == Term.NODE).isPresent()
                || names.stream()
                        .flatMap(name -> ask.subjects().called(name).stream())
                        .anyMatch(thing -> thing.kind() == Term.NODE);
        var wanted = spokenOf.map(thing -> List.of(thing.name())).orElse(names);
        if (wanted.isEmpty() && ask.slots().seconds().isEmpty() && !ask.has(Term.RESTARTS, Term.DISK)) {
            return top(ask, isNode);
        }
        var namespace = ask.namespace().or(() -> spokenOf.map(Thing::namespace).filter(space -> !space.isEmpty()));
        return overTime(ask, what -> isNode ? PromQl.ofNodes(what, wanted) : PromQl.ofPods(what, namespace, wanted));
    }

    private static Optional<Thing> spokenOf(Ask ask) {
        var known = ask.subjects().last(Set.of(Term.VM, Term.POD, Term.DEPLOYMENT, Term.STATEFULSET, Term.NODE));
        return known.size() == 1 ? Optional.of(known.getFirst()) : Optional.empty();
    }

    private static ToolCall ofMachine(String name) {
        return ToolCall.of("vm_metrics").with("vm_name", name);
    }

    private static Plan overTime(Ask ask, Function<Term, Optional<String>> queries) {
        var minutes = ask.minutes().orElse(DEFAULT_MINUTES);
        var calls = MEASURED.stream()
                .filter(ask::has)
                .flatMap(what -> queries.apply(what).stream())
                .map(query -> ToolCall.of("query_range").with("query", query).with("minutes", minutes))
                .toList();
        return calls.isEmpty()
                ? Plan.say("I don't know a metric for that. Say the query: \"run the query …\".")
                : Plan.calls(calls);
    }

    static Plan top(Ask ask, boolean nodes) {
        return Plan.call(ask.inCluster(ToolCall.of("top").with("what", nodes ? "nodes" : "pods"))
                .with("namespace", nodes ? null : ask.namespace().orElse(null)));
    }
}
