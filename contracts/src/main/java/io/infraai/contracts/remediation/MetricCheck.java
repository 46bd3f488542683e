package io.infraai.contracts.remediation;

import java.util.Locale;

import io.infraai.contracts.policy.Condition.Bound;

/** What a metric must be: a policy's live guard, asked right before a task acts, or the sign that it helped, asked afterwards. */
public record MetricCheck(String query, Bound bound, double limit) {

    public boolean holds(double value) {
        return switch (bound) {
            case ABOVE -> value > limit;
            case BELOW -> value < limit;
        };
    }

    /** E.g. {@code above 0.9}. */
    public String wanted() {
        return bound.name().toLowerCase(Locale.ROOT) + " " + limit;
    }
}
