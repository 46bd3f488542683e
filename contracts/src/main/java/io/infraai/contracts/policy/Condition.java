package io.infraai.contracts.policy;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;

import io.infraai.contracts.alert.AlertStatus;

/** What an alert must look like for a policy to apply. A closed vocabulary: stored policies must stay readable. */
public sealed interface Condition {

    record AllOf(List<Condition> conditions) implements Condition {
        public AllOf {
            conditions = List.copyOf(conditions);
        }
    }

    record AnyOf(List<Condition> conditions) implements Condition {
        public AnyOf {
            conditions = List.copyOf(conditions);
        }
    }

    record Not(Condition condition) implements Condition {}

    /** An absent label compares as the empty string. */
    record LabelMatch(String label, MatchOperator operator, String value) implements Condition {}

    /** An absent annotation compares as the empty string. */
    record AnnotationMatch(String annotation, MatchOperator operator, String value) implements Condition {}

    record StatusIs(AlertStatus status) implements Condition {}

    record FiringFor(Duration atLeast) implements Condition {}

    /**
     * @param cel an expression of the Common Expression Language that yields a boolean
     */
    record Expression(String cel) implements Condition {}

    /**
     * Holds when the query's value is above or below the limit. Asked by the worker right before it acts, since only then it
     * counts: while policies are matched it is taken to hold.
     */
    record MetricGuard(String query, Bound bound, double limit) implements Condition {}

    enum Bound {
        ABOVE,
        BELOW
    }

    /**
     * Wall-clock time in a zone; {@code from} after {@code to} reaches over midnight and belongs to the day it began on.
     *
     * @param from inclusive
     * @param to exclusive
     */
    record During(Set<DayOfWeek> days, LocalTime from, LocalTime to, ZoneId zone) implements Condition {
        public During {
            days = Set.copyOf(days);
        }
    }
}
