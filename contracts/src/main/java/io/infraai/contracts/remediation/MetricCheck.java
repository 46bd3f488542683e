package io.infraai.contracts.remediation;

import io.infraai.contracts.policy.Condition.Bound;

/** A policy's live guard, carried with the task and asked right before it acts. */
public record MetricCheck(String query, Bound bound, double limit) {}
