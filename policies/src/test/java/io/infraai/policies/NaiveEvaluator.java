package io.infraai.policies;

import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.infraai.contracts.alert.Alert;
import io.infraai.contracts.alert.AlertStatus;
import io.infraai.contracts.policy.Condition;
import io.infraai.contracts.policy.Condition.AllOf;
import io.infraai.contracts.policy.Condition.AnnotationMatch;
import io.infraai.contracts.policy.Condition.AnyOf;
import io.infraai.contracts.policy.Condition.During;
import io.infraai.contracts.policy.Condition.Expression;
import io.infraai.contracts.policy.Condition.FiringFor;
import io.infraai.contracts.policy.Condition.LabelMatch;
import io.infraai.contracts.policy.Condition.MetricGuard;
import io.infraai.contracts.policy.Condition.Not;
import io.infraai.contracts.policy.Condition.StatusIs;
import io.infraai.contracts.policy.MatchOperator;
import io.infraai.contracts.policy.Policy;

/** What policies mean, a second time and as simply as can be: every policy is asked, nothing is compiled or looked up. */
record NaiveEvaluator(Alert alert, Instant now) {

    List<Long> matching(Collection<Policy> policies) {
        return policies.stream()
                .filter(policy -> holds(policy.condition()))
                .sorted((one, other) -> one.priority() != other.priority()
                        ? one.priority() - other.priority()
                        : Long.compare(one.id(), other.id()))
                .map(Policy::id)
                .toList();
    }

    boolean holds(Condition condition) {
        return switch (condition) {
            case AllOf(var all) -> all.stream().allMatch(this::holds);
            case AnyOf(var any) -> any.stream().anyMatch(this::holds);
            case Not(var inner) -> !holds(inner);
            case LabelMatch(var label, var operator, var value) ->
                compare(alert.labels().get(label), operator, value);
            case AnnotationMatch(var annotation, var operator, var value) ->
                compare(alert.annotations().get(annotation), operator, value);
            case StatusIs(var status) -> alert.status() == status;
            case FiringFor(var atLeast) ->
                alert.startsAt().getEpochSecond() + atLeast.toSeconds() <= now.getEpochSecond();
            case Expression(var cel) -> evaluate(cel);
            case MetricGuard _ -> true;
            case During during -> holds(during);
        };
    }

    private static boolean compare(@Nullable String actualOrNull, MatchOperator operator, String value) {
        var actual = actualOrNull == null ? "" : actualOrNull;
        return switch (operator) {
            case EQUAL -> actual.equals(value);
            case NOT_EQUAL -> !actual.equals(value);
            case MATCHES -> Pattern.matches(value, actual);
            case NOT_MATCHES -> !Pattern.matches(value, actual);
        };
    }

    private boolean evaluate(String cel) {
        return switch (RandomPolicies.EXPRESSIONS.indexOf(cel)) {
            case 0 -> "v1".equals(alert.labels().get("a"));
            case 1 -> alert.labels().containsKey("b");
            case 2 -> alert.status() == AlertStatus.FIRING;
            default -> throw new IllegalArgumentException(cel);
        };
    }

    /** Looks whether now lies within the stretch that began today or yesterday, on the clock on the wall. */
    private boolean holds(During during) {
        var local = now.atZone(during.zone());
        return Stream.of(local, local.minusDays(1))
                .filter(begun -> during.days().contains(begun.getDayOfWeek()))
                .anyMatch(begun -> isWithin(during, begun, local));
    }

    private static boolean isWithin(During during, ZonedDateTime begun, ZonedDateTime local) {
        var from = begun.toLocalDate().atTime(during.from());
        var sameDay = begun.toLocalDate().atTime(during.to());
        var to = sameDay.isAfter(from) ? sameDay : sameDay.plusDays(1);
        return !local.toLocalDateTime().isBefore(from)
                && local.toLocalDateTime().isBefore(to);
    }
}
