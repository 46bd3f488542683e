package io.infraai.policies;

import java.time.Instant;
import java.util.Optional;

import dev.cel.runtime.CelEvaluationException;

import io.infraai.contracts.alert.Alert;
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

/** Says in words why a condition doesn't hold. For people: it compiles anew and is not for the hot path. */
public final class PolicyExplainer {

    /** The first part that fails, e.g. {@code severity="warning" is not "critical"}; empty when the condition holds. */
    public Optional<String> whyNot(Condition condition, Alert alert, Instant now) {
        if (CompiledCondition.of(condition).holds(alert, now)) {
            return Optional.empty();
        }
        return Optional.of(reason(condition, alert, now));
    }

    private String reason(Condition condition, Alert alert, Instant now) {
        return switch (condition) {
            case AllOf(var all) ->
                all.stream()
                        .flatMap(each -> whyNot(each, alert, now).stream())
                        .findFirst()
                        .orElse("");
            case AnyOf(var any) ->
                "none of " + any.size() + " alternatives holds, the first since "
                        + whyNot(any.getFirst(), alert, now).orElse("");
            case Not(var inner) -> "what must not hold does: " + PolicyExplainer.shown(inner);
            case LabelMatch(var label, var operator, var value) -> compared(label, alert.label(label), operator, value);
            case AnnotationMatch(var name, var operator, var value) ->
                compared("annotation " + name, alert.annotation(name), operator, value);
            case StatusIs(var status) -> "the alert is " + alert.status().wire() + ", not " + status.wire();
            case FiringFor(var atLeast) ->
                "it has fired since " + alert.startsAt() + ", not yet for " + Spans.show(atLeast);
            case Expression(var cel) -> expression(cel, alert, now);
            case MetricGuard _ -> "";
            case During during ->
                "it is " + now.atZone(during.zone()).toLocalDateTime() + " in " + during.zone() + ", outside of "
                        + shown(during);
        };
    }

    private static String compared(String name, String actual, MatchOperator operator, String value) {
        var is = switch (operator) {
            case EQUAL -> "is not";
            case NOT_EQUAL -> "is";
            case MATCHES -> "doesn't match";
            case NOT_MATCHES -> "matches";
        };
        return "%s=\"%s\" %s \"%s\"".formatted(name, actual, is, value);
    }

    private static String expression(String cel, Alert alert, Instant now) {
        try {
            CelExpression.compile(cel).evaluate(alert, now);
            return "the expression is false: " + cel;
        } catch (CelEvaluationException e) {
            return "the expression can't be evaluated: " + e.getMessage();
        }
    }

    private static String shown(Condition condition) {
        return switch (condition) {
            case AllOf(var all) ->
                String.join(" and ", all.stream().map(PolicyExplainer::shown).toList());
            case AnyOf(var any) ->
                String.join(" or ", any.stream().map(PolicyExplainer::shown).toList());
            case Not(var inner) -> "not " + shown(inner);
            case LabelMatch(var label, var operator, var value) -> label + operator.symbol() + '"' + value + '"';
            case AnnotationMatch(var name, var operator, var value) ->
                "annotation " + name + operator.symbol() + '"' + value + '"';
            case StatusIs(var status) -> "status " + status.wire();
            case FiringFor(var atLeast) -> "firing for " + Spans.show(atLeast);
            case Expression(var cel) -> cel;
            case MetricGuard(var query, var _, var _) -> query;
            case During(var days, var from, var to, var zone) ->
                "%s from %s to %s %s".formatted(days.stream().sorted().toList(), from, to, zone);
        };
    }
}
