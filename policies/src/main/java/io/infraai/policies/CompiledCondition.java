package io.infraai.policies;

import java.time.Instant;
import java.util.Collection;
import java.util.function.Predicate;

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

/** A condition with its patterns and expressions compiled; safe for many threads. */
@FunctionalInterface
interface CompiledCondition {

    // shared, so that the many policies that only ask for the status cost nothing more
    CompiledCondition ALWAYS = (alert, now) -> true;
    CompiledCondition FIRING = (alert, now) -> alert.status() == AlertStatus.FIRING;
    CompiledCondition RESOLVED = (alert, now) -> alert.status() == AlertStatus.RESOLVED;

    boolean holds(Alert alert, Instant now);

    static CompiledCondition of(Condition condition) {
        return of(condition, false);
    }

    /**
     * @param negated whether an odd number of negations stands around it: an expression that fails must not make a policy
     *     match, so there it counts as true
     */
    private static CompiledCondition of(Condition condition, boolean negated) {
        return switch (condition) {
            case AllOf(var all) -> allOf(all, negated);
            case AnyOf(var any) -> {
                var compiled = compiled(any, negated);
                yield (alert, now) -> {
                    for (var each : compiled) {
                        if (each.holds(alert, now)) {
                            return true;
                        }
                    }
                    return false;
                };
            }
            case Not(var inner) -> {
                var compiled = of(inner, !negated);
                yield (alert, now) -> !compiled.holds(alert, now);
            }
            case LabelMatch(var label, var operator, var value) -> {
                var comparison = comparison(operator, value);
                yield (alert, now) -> comparison.test(alert.label(label));
            }
            case AnnotationMatch(var annotation, var operator, var value) -> {
                var comparison = comparison(operator, value);
                yield (alert, now) -> comparison.test(alert.annotation(annotation));
            }
            case StatusIs(var status) -> status == AlertStatus.FIRING ? FIRING : RESOLVED;
            case FiringFor(var atLeast) -> (alert, now) -> !now.minus(atLeast).isBefore(alert.startsAt());
            case Expression(var cel) -> {
                var expression = CelExpression.compile(cel);
                yield (alert, now) -> expression.holds(alert, now, negated);
            }
            case MetricGuard _ -> ALWAYS;
            case During during -> (alert, now) -> within(during, now);
        };
    }

    static CompiledCondition allOf(Collection<Condition> conditions) {
        return allOf(conditions, false);
    }

    private static CompiledCondition allOf(Collection<Condition> conditions, boolean negated) {
        var compiled = compiled(conditions, negated);
        return switch (compiled.length) {
            case 0 -> ALWAYS;
            case 1 -> compiled[0];
            default ->
                (alert, now) -> {
                    for (var each : compiled) {
                        if (!each.holds(alert, now)) {
                            return false;
                        }
                    }
                    return true;
                };
        };
    }

    private static CompiledCondition[] compiled(Collection<Condition> conditions, boolean negated) {
        return conditions.stream().map(each -> of(each, negated)).toArray(CompiledCondition[]::new);
    }

    private static Predicate<String> comparison(MatchOperator operator, String value) {
        return switch (operator) {
            case EQUAL -> value::equals;
            case NOT_EQUAL -> text -> !value.equals(text);
            case MATCHES -> TextPattern.compile(value)::matches;
            case NOT_MATCHES -> {
                var pattern = TextPattern.compile(value);
                yield text -> !pattern.matches(text);
            }
        };
    }

    static boolean within(During during, Instant now) {
        var local = now.atZone(during.zone());
        var time = local.toLocalTime();
        var today = local.getDayOfWeek();
        if (during.from().equals(during.to())) {
            return during.days().contains(today);
        }
        if (during.from().isBefore(during.to())) {
            return during.days().contains(today) && !time.isBefore(during.from()) && time.isBefore(during.to());
        }
        return time.isBefore(during.from())
                ? during.days().contains(today.minus(1)) && time.isBefore(during.to())
                : during.days().contains(today);
    }
}
