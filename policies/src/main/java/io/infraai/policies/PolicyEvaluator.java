package io.infraai.policies;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.infraai.contracts.alert.Alert;
import io.infraai.contracts.policy.Condition;
import io.infraai.contracts.policy.Condition.AllOf;
import io.infraai.contracts.policy.Condition.MetricGuard;
import io.infraai.contracts.policy.Outcome;
import io.infraai.contracts.policy.Policy;
import io.infraai.contracts.policy.PolicyMode;
import io.infraai.contracts.remediation.MetricCheck;
import io.infraai.contracts.tool.Risk;
import io.infraai.contracts.tool.ToolKind;

/** Says for an alert which policies match and what comes of each. Decides only; touches nothing. Safe for many threads. */
public final class PolicyEvaluator {

    private final PolicyIndex index;
    private final ActionPlanner planner;

    public PolicyEvaluator(PolicyIndex index, ActionPlanner planner) {
        this.index = index;
        this.planner = planner;
    }

    /** One evaluation for every policy whose condition holds, by priority, then id. */
    public List<Evaluation> evaluate(Alert alert, Instant now) {
        var matching = index.matching(alert, now);
        var evaluations = new ArrayList<Evaluation>(matching.size());
        Policy acting = null;
        for (var policy : matching) {
            var evaluation = evaluate(policy, alert, acting);
            evaluations.add(evaluation);
            if (acting == null && evaluation.outcome().acts() && !policy.continues()) {
                acting = policy;
            }
        }
        return evaluations;
    }

    private Evaluation evaluate(Policy policy, Alert alert, @Nullable Policy acting) {
        try {
            return switch (plan(policy, alert)) {
                case Rejected(var reason) -> new Evaluation(policy, Outcome.REJECTED, reason, null, List.of());
                case Accepted accepted -> decide(policy, accepted, acting);
            };
        } catch (RuntimeException e) {
            return new Evaluation(policy, Outcome.REJECTED, "The policy could not be evaluated: " + e, null, List.of());
        }
    }

    private static Evaluation decide(Policy policy, Accepted accepted, @Nullable Policy acting) {
        var action = accepted.action();
        var what = describe(action);
        if (acting != null) {
            var reason = "\"%s\" (id %d) goes before it and acts on this alert already."
                    .formatted(acting.name(), acting.id());
            return new Evaluation(policy, Outcome.SUPERSEDED, reason, action, accepted.guards());
        }
        return switch (policy.mode()) {
            case OBSERVE ->
                new Evaluation(
                        policy,
                        Outcome.OBSERVED,
                        "Would run " + what + ", but the policy only observes.",
                        action,
                        accepted.guards());
            case APPROVE, AUTO -> act(policy, accepted, what);
        };
    }

    private static Evaluation act(Policy policy, Accepted accepted, String what) {
        var action = accepted.action();
        if (action.tool().kind() == ToolKind.READING) {
            return new Evaluation(
                    policy, Outcome.DISPATCHED, "Runs " + what + ", which only looks.", action, accepted.guards());
        }
        if (action.tool().risk() == Risk.DESTROYS) {
            var reason = "Asks a person before it runs " + what + ", which can't be undone.";
            return new Evaluation(policy, Outcome.AWAITING_APPROVAL, reason, action, accepted.guards());
        }
        if (policy.mode() == PolicyMode.APPROVE) {
            var reason = "Asks a person before it runs " + what + ", as its mode is approve.";
            return new Evaluation(policy, Outcome.AWAITING_APPROVAL, reason, action, accepted.guards());
        }
        return new Evaluation(policy, Outcome.DISPATCHED, "Runs " + what + ".", action, accepted.guards());
    }

    private static String describe(PlannedAction action) {
        var target = action.targetKey();
        return action.tool().name() + (target.isEmpty() ? "" : " on " + target);
    }

    private Plan plan(Policy policy, Alert alert) {
        var tool = planner.find(policy.action().tool());
        if (tool.isEmpty()) {
            return new Rejected(ToolNames.unknown(policy.action().tool()));
        }
        var guards = new ArrayList<MetricCheck>();
        for (var guard : guards(policy.condition()).toList()) {
            switch (Template.parse(guard.query()).renderPromQl(alert)) {
                case Template.Rendered(var query) -> guards.add(new MetricCheck(query, guard.bound(), guard.limit()));
                case Template.Unresolved(var placeholder) -> {
                    return unresolved(placeholder);
                }
            }
        }
        return switch (Parameters.fill(policy.action().params(), tool.get(), alert)) {
            case Parameters.Lacking(var placeholder) -> unresolved(placeholder);
            case Parameters.Complete(var params) ->
                switch (planner.plan(policy.action().tool(), params)) {
                    case Planned.Ready(var action) -> new Accepted(action, guards);
                    case Planned.Refused(var _, var reason) -> new Rejected(reason);
                };
        };
    }

    private static Rejected unresolved(String placeholder) {
        return new Rejected("unresolved: the alert has no value for " + placeholder + ", so nothing is called");
    }

    /** Guards stand only where the whole condition needs them; the reader sees to that. */
    private static Stream<MetricGuard> guards(Condition condition) {
        return switch (condition) {
            case AllOf(var all) -> all.stream().flatMap(PolicyEvaluator::guards);
            case MetricGuard guard -> Stream.of(guard);
            case Condition _ -> Stream.empty();
        };
    }

    private sealed interface Plan {}

    private record Accepted(PlannedAction action, List<MetricCheck> guards) implements Plan {}

    private record Rejected(String reason) implements Plan {}
}
