package io.infraai.policies;

import java.util.List;
import java.util.Optional;

import io.infraai.contracts.policy.Condition.Bound;
import io.infraai.contracts.policy.Condition.MetricGuard;

/** Reads {@code "promql": {"query": "…", "above": 0.9}}. */
final class MetricGuardReader {

    private static final int LONGEST = 2_048;
    private static final List<String> KEYS = List.of("query", "above", "below");

    private MetricGuardReader() {}

    static Optional<MetricGuard> read(Fields parent, boolean must, Faults faults) {
        if (!must) {
            parent.refuse(
                    "promql",
                    "can't stand within \"any\" or \"not\": it is asked right before the action, when the rest has been decided");
        }
        var object = Fields.of(parent.node().get("promql"), parent.path("promql"), faults);
        if (object.isEmpty()) {
            return Optional.empty();
        }
        var fields = object.get();
        fields.refuseUnknown(KEYS);
        if (fields.has("above") == fields.has("below")) {
            parent.refuse("promql", "needs either \"above\" or \"below\", and not both");
            return Optional.empty();
        }
        var bound = fields.has("above") ? "above" : "below";
        var limit = fields.node().path(bound);
        if (!limit.isNumber() || !Double.isFinite(limit.doubleValue())) {
            fields.refuse(bound, "must be a number, not " + Fields.kind(limit));
        }
        return fields.requiredText("query")
                .filter(query -> fits(fields, query))
                .map(query ->
                        new MetricGuard(query, bound.equals("above") ? Bound.ABOVE : Bound.BELOW, limit.doubleValue()));
    }

    private static boolean fits(Fields fields, String query) {
        if (query.isBlank() || query.length() > LONGEST) {
            fields.refuse("query", "must have between 1 and " + LONGEST + " characters");
            return false;
        }
        var outside = Template.parse(query).placeholdersOutsideQuotes();
        if (!outside.isEmpty()) {
            fields.refuse(
                    "query",
                    outside.getFirst() + " must stand within quotes, or an alert's value could change the query");
        }
        return outside.isEmpty();
    }
}
