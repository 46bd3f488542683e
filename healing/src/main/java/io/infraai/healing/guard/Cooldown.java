package io.infraai.healing.guard;

import jakarta.enterprise.context.ApplicationScoped;

import io.infraai.contracts.policy.Limits;
import io.infraai.healing.guard.Verdict.Allowed;
import io.infraai.healing.guard.Verdict.Refused;
import io.infraai.persistence.task.TaskCreation.TargetHistory;

@ApplicationScoped
final class Cooldown implements Guard {

    @Override
    public Verdict judge(Limits limits, TargetHistory history) {
        return history.sinceLast()
                .filter(rested -> rested.compareTo(limits.cooldown()) < 0)
                .<Verdict>map(
                        rested -> new Refused("cooling down: this policy acted on the target " + rested.toSeconds()
                                + " s ago and rests for " + limits.cooldown().toSeconds() + " s"))
                .orElseGet(Allowed::new);
    }
}
