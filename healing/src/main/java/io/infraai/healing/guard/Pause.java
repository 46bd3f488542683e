package io.infraai.healing.guard;

import jakarta.enterprise.context.ApplicationScoped;

import io.infraai.contracts.policy.Limits;
import io.infraai.healing.guard.Verdict.Allowed;
import io.infraai.healing.guard.Verdict.Held;
import io.infraai.persistence.task.TaskCreation.TargetHistory;

@ApplicationScoped
final class Pause implements Guard {

    @Override
    public Verdict judge(Limits limits, TargetHistory history) {
        return history.paused() ? new Held("paused: actions start again after POST /api/resume") : new Allowed();
    }
}
