package io.infraai.policies;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;

import org.jspecify.annotations.Nullable;

import io.infraai.contracts.alert.Alert;
import io.infraai.contracts.policy.Policy;

/**
 * One entry of the index: a policy, one set of label values by which an alert finds it, and what else it asks. Rows that ask
 * for the same values are chained.
 */
final class Row {

    private final Policy policy;
    private final CompiledCondition residual;
    private final String[] labels;
    private final String[] values;
    /** The policy's own, so that putting rows in order touches no policy. */
    private final int priority;

    private final @Nullable Row next;

    Row(Policy policy, CompiledCondition residual, SortedMap<String, String> anchor) {
        this(policy, residual, shared(anchor.keySet()), shared(anchor.values()), null);
    }

    private Row(Policy policy, CompiledCondition residual, String[] labels, String[] values, @Nullable Row next) {
        this.policy = policy;
        this.residual = residual;
        this.labels = labels;
        this.values = values;
        this.priority = policy.priority();
        this.next = next;
    }

    /** The same few texts are in thousands of policies: held once, they stay in the processor's cache. */
    private static String[] shared(Collection<String> texts) {
        return texts.stream().map(String::intern).toArray(String[]::new);
    }

    Row before(@Nullable Row head) {
        return new Row(policy, residual, labels, values, head);
    }

    /** The chain that begins here, less the policy; null when that was all. Rows behind it are shared. */
    @Nullable
    Row without(long id) {
        Row kept = null;
        var row = this;
        while (row.policy.id() != id && row.next != null) {
            kept = row.before(kept);
            row = row.next;
        }
        var rest = row.policy.id() == id ? row.next : row;
        for (; kept != null; kept = kept.next) {
            rest = kept.before(rest);
        }
        return rest;
    }

    Policy policy() {
        return policy;
    }

    int priority() {
        return priority;
    }

    @Nullable
    Row next() {
        return next;
    }

    /** In the alphabet's order. */
    String[] labels() {
        return labels;
    }

    int hash() {
        int sum = TupleHash.START;
        for (var value : values) {
            sum = TupleHash.add(sum, value);
        }
        return TupleHash.finish(sum);
    }

    /** Both name the same labels. */
    boolean hasValuesOf(Row other) {
        for (int i = 0; i < values.length; i++) {
            if (!values[i].equals(other.values[i])) {
                return false;
            }
        }
        return true;
    }

    /**
     * @param path this row's labels
     */
    boolean hasValuesIn(Map<String, String> alertLabels, String[] path) {
        for (int i = 0; i < values.length; i++) {
            if (!values[i].equals(alertLabels.get(path[i]))) {
                return false;
            }
        }
        return true;
    }

    /** What the values don't say. What fails unforeseen doesn't hold, and leaves the other policies alone. */
    boolean residualHolds(Alert alert, Instant now) {
        try {
            return residual.holds(alert, now);
        } catch (RuntimeException _) {
            return false;
        }
    }
}
