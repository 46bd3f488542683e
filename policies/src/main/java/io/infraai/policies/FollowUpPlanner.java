package io.infraai.policies;

import java.util.ArrayList;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.infraai.contracts.alert.Alert;
import io.infraai.contracts.policy.Condition.MetricGuard;
import io.infraai.contracts.policy.Policy;
import io.infraai.contracts.policy.PolicyMode;
import io.infraai.contracts.policy.Verification.AlertClears;
import io.infraai.contracts.policy.Verification.MetricHolds;
import io.infraai.contracts.policy.Verification.None;
import io.infraai.contracts.remediation.FollowUp;
import io.infraai.contracts.remediation.NextStep;
import io.infraai.contracts.tool.Risk;
import io.infraai.contracts.tool.ToolDescription;
import io.infraai.contracts.tool.ToolKind;

/** Decides, with the action, how it is verified and what is done when it didn't help. */
final class FollowUpPlanner {

    private final ActionPlanner planner;

    FollowUpPlanner(ActionPlanner planner) {
        this.planner = planner;
    }

    /** What came of it. */
    sealed interface Followed {

        record By(FollowUp followUp) implements Followed {}

        /** Nobody looks whether it helped. */
        record ByNothing() implements Followed {}

        /**
         * @param reason names the step
         */
        record Refused(String reason) implements Followed {}
    }

    /** Whether people must agree before the tool is called. */
    static boolean asks(PolicyMode mode, ToolDescription tool) {
        return tool.kind() != ToolKind.READING && (mode == PolicyMode.APPROVE || tool.risk() == Risk.DESTROYS);
    }

    Followed plan(Policy policy, PlannedAction action, Alert alert) {
        if (action.tool().kind() == ToolKind.READING) {
            return new Followed.ByNothing();
        }
        return switch (policy.verification()) {
            case None() -> new Followed.ByNothing();
            case AlertClears clears -> steps(policy, VerificationReader.written(clears), alert);
            case MetricHolds(var metric, var within) ->
                switch (Template.parse(metric.query()).renderPromQl(alert)) {
                    case Template.Rendered(var query) -> {
                        var rendered = new MetricGuard(query, metric.bound(), metric.limit());
                        yield steps(policy, VerificationReader.written(rendered, within), alert);
                    }
                    case Template.Unresolved(var placeholder) ->
                        new Followed.Refused("verify: "
                                + Planned.Refused.unresolved(placeholder).reason());
                };
        };
    }

    private Followed steps(Policy policy, ObjectNode check, Alert alert) {
        var steps = new ArrayList<NextStep>();
        for (var written : policy.onFailure()) {
            var name = "on_failure[" + steps.size() + "]: ";
            switch (planner.plan(written, alert)) {
                case Planned.Refused(var _, var reason) -> {
                    return new Followed.Refused(name + reason);
                }
                case Planned.Ready(var action) -> steps.add(step(policy, action));
            }
        }
        return new Followed.By(new FollowUp(check, steps));
    }

    private static NextStep step(Policy policy, PlannedAction action) {
        var tool = action.tool();
        return new NextStep(
                tool.name(),
                tool.kind(),
                action.targetKey(),
                action.params(),
                asks(policy.mode(), tool) ? tool.kind().approvers() : 0,
                policy.limits().perTargetPerDay());
    }
}
