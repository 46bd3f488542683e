package io.infraai.policies;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.infraai.contracts.alert.Alert;
import io.infraai.contracts.policy.Condition;
import io.infraai.contracts.policy.MatchOperator;
import io.infraai.contracts.policy.Policy;

/** What matching means, written down a second time and as simply as can be: the index must agree with it. */
final class NaiveMatching {

    private final Map<Long, Policy> policies = new TreeMap<>();

    void put(Policy policy) {
        policies.put(policy.id(), policy);
    }

    void remove(long id) {
        policies.remove(id);
    }

    List<Long> matching(Alert alert, Instant now) {
        return policies.values().stream()
                .filter(Policy::enabled)
                .filter(policy -> holds(policy.condition(), alert, now))
                .sorted(Comparator.comparingInt(Policy::priority).thenComparingLong(Policy::id))
                .map(Policy::id)
                .toList();
    }

    private static boolean holds(Condition condition, Alert alert, Instant now) {
        if (condition instanceof Condition.AllOf all) {
            return all.conditions().stream().allMatch(each -> holds(each, alert, now));
        }
        if (condition instanceof Condition.AnyOf any) {
            return any.conditions().stream().anyMatch(each -> holds(each, alert, now));
        }
        if (condition instanceof Condition.Not not) {
            return !holds(not.condition(), alert, now);
        }
        if (condition instanceof Condition.LabelMatch match) {
            return compare(alert.labels().get(match.label()), match.operator(), match.value());
        }
        if (condition instanceof Condition.AnnotationMatch match) {
            return compare(alert.annotations().get(match.annotation()), match.operator(), match.value());
        }
        if (condition instanceof Condition.StatusIs is) {
            return alert.status() == is.status();
        }
        if (condition instanceof Condition.FiringFor firing) {
            return java.time.Duration.between(alert.startsAt(), now).compareTo(firing.atLeast()) >= 0;
        }
        if (condition instanceof Condition.MetricGuard) {
            return true;
        }
        throw new AssertionError(condition);
    }

    private static boolean compare(@Nullable String present, MatchOperator operator, String value) {
        var text = Objects.requireNonNullElse(present, "");
        return switch (operator) {
            case EQUAL -> text.equals(value);
            case NOT_EQUAL -> !text.equals(value);
            case MATCHES -> Pattern.matches(value, text);
            case NOT_MATCHES -> !Pattern.matches(value, text);
        };
    }
}
