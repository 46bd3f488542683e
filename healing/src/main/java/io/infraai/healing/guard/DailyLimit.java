package io.infraai.healing.guard;

import jakarta.enterprise.context.ApplicationScoped;

import io.infraai.contracts.policy.Limits;
import io.infraai.healing.guard.Verdict.Allowed;
import io.infraai.healing.guard.Verdict.Refused;
import io.infraai.persistence.task.TaskCreation.TargetHistory;

/** A target that wants healing again and again wants a person. */
@ApplicationScoped
final class DailyLimit implements Guard {

    @Override
    public Verdict judge(Limits limits, TargetHistory history) {
        return history.lastDay() < limits.perTargetPerDay()
                ? new Allowed()
                : new Refused("the target had " + history.lastDay() + " automatic actions within 24 h, the limit is "
                        + limits.perTargetPerDay() + ": a person should look at it");
    }
}
