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
import io.infraai.contracts.remediation.FollowUp;
import io.infraai.contracts.remediation.MetricCheck;
import io.infraai.contracts.tool.Risk;
import io.infraai.contracts.tool.ToolKind;
import io.infraai.policies.FollowUpPlanner.Followed;

/** Says for an alert which policies match and what comes of each. Decides only; touches nothing. Safe for many threads. */
public final class PolicyEvaluator {

    private final PolicyIndex index;
    private final ActionPlanner planner;
    private final FollowUpPlanner followUps;

    public PolicyEvaluator(PolicyIndex index, ActionPlanner planner) {
        this.index = index;
        this.planner = planner;
        this.followUps = new FollowUpPlanner(planner);
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
                case Rejected(var reason) -> rejected(policy, reason);
                case Accepted accepted -> decide(policy, accepted, acting);
            };
        } catch (RuntimeException e) {
            return rejected(policy, "The policy could not be evaluated: " + e);
        }
    }

    private static Evaluation rejected(Policy policy, String reason) {
        return new Evaluation(policy, Outcome.REJECTED, reason, null, List.of(), null);
    }

    private static Evaluation decide(Policy policy, Accepted accepted, @Nullable Policy acting) {
        var what = describe(accepted.action());
        if (acting != null) {
            return accepted.becomes(
                    policy,
                    Outcome.SUPERSEDED,
                    "\"%s\" (id %d) goes before it and acts on this alert already."
                            .formatted(acting.name(), acting.id()));
        }
        return switch (policy.mode()) {
            case OBSERVE ->
                accepted.becomes(policy, Outcome.OBSERVED, "Would run " + what + ", but the policy only observes.");
            case APPROVE, AUTO -> act(policy, accepted, what);
        };
    }

    private static Evaluation act(Policy policy, Accepted accepted, String what) {
        var tool = accepted.action().tool();
        if (tool.kind() == ToolKind.READING) {
            return accepted.becomes(policy, Outcome.DISPATCHED, "Runs " + what + ", which only looks.");
        }
        if (!FollowUpPlanner.asks(policy.mode(), tool)) {
            return accepted.becomes(policy, Outcome.DISPATCHED, "Runs " + what + ".");
        }
        var why = tool.risk() == Risk.DESTROYS ? ", which can't be undone." : ", as its mode is approve.";
        return accepted.becomes(policy, Outcome.AWAITING_APPROVAL, "Asks a person before it runs " + what + why);
    }

    private static String describe(PlannedAction action) {
        var target = action.targetKey();
        return action.tool().name() + (target.isEmpty() ? "" : " on " + target);
    }

    private Plan plan(Policy policy, Alert alert) {
        if (planner.find(policy.action().tool()).isEmpty()) {
            return new Rejected(ToolNames.unknown(policy.action().tool()));
        }
        var guards = new ArrayList<MetricCheck>();
        for (var guard : guards(policy.condition()).toList()) {
            switch (Template.parse(guard.query()).renderPromQl(alert)) {
                case Template.Rendered(var query) -> guards.add(new MetricCheck(query, guard.bound(), guard.limit()));
                case Template.Unresolved(var placeholder) -> {
                    return new Rejected(Planned.Refused.unresolved(placeholder).reason());
                }
            }
        }
        return switch (planner.plan(policy.action(), alert)) {
            case Planned.Ready(var action) -> followed(policy, action, alert, guards);
            case Planned.Refused(var _, var reason) -> new Rejected(reason);
        };
    }

    private Plan followed(Policy policy, PlannedAction action, Alert alert, List<MetricCheck> guards) {
        return switch (followUps.plan(policy, action, alert)) {
            case Followed.By(var followUp) -> new Accepted(action, guards, followUp);
            case Followed.ByNothing() -> new Accepted(action, guards, null);
            case Followed.Refused(var reason) -> new Rejected(reason);
        };
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

    private record Accepted(
            PlannedAction action,
            List<MetricCheck> guards,
            @Nullable FollowUp followUp) implements Plan {

        Evaluation becomes(Policy policy, Outcome outcome, String reason) {
            return new Evaluation(policy, outcome, reason, action, guards, followUp);
        }
    }

    private record Rejected(String reason) implements Plan {}
}
