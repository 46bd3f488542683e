package io.infraai.policies;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.infraai.contracts.policy.Outcome;
import io.infraai.contracts.policy.Policy;
import io.infraai.contracts.remediation.FollowUp;
import io.infraai.contracts.remediation.MetricCheck;

/**
 * What would come of one policy that matched one alert, before the guards that need the store have spoken.
 *
 * @param reason one sentence for people
 * @param action absent when it was rejected
 * @param guards to be asked right before the action
 * @param followUp absent when nobody looks whether the action helped
 */
public record Evaluation(
        Policy policy,
        Outcome outcome,
        String reason,
        @Nullable PlannedAction action,
        List<MetricCheck> guards,
        @Nullable FollowUp followUp) {

    public Evaluation {
        guards = List.copyOf(guards);
    }
}
