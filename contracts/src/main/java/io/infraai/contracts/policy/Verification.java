package io.infraai.contracts.policy;

import java.time.Duration;

import io.infraai.contracts.policy.Condition.MetricGuard;

/** How it is judged whether what was done helped. A closed vocabulary: stored policies must stay readable. */
public sealed interface Verification {

    /** For policies that say nothing of it and change something. */
    Verification DEFAULT = new AlertClears(Duration.ofMinutes(10));

    /** It helped when the alert resolves within that time after the action. */
    record AlertClears(Duration within) implements Verification {}

    /**
     * It helped as soon as the query's value is above or below the limit, within that time after the action.
     *
     * @param metric its query may hold placeholders within quotes
     */
    record MetricHolds(MetricGuard metric, Duration within) implements Verification {}

    /** Nobody looks. */
    record None() implements Verification {}
}
