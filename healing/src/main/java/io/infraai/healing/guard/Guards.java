package io.infraai.healing.guard;

import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.arc.All;

import io.infraai.contracts.policy.Outcome;
import io.infraai.healing.guard.Verdict.Allowed;
import io.infraai.healing.guard.Verdict.Held;
import io.infraai.healing.guard.Verdict.Refused;
import io.infraai.persistence.task.TaskCreation;
import io.infraai.persistence.task.TaskCreation.Judge;
import io.infraai.persistence.task.TaskCreation.Proposal;
import io.infraai.persistence.task.TaskCreation.TargetHistory;

/** All guards together: a refusal outweighs a hold, a hold outweighs a leave. */
@ApplicationScoped
public class Guards implements Judge {

    private final List<Guard> guards;

    Guards(@All List<Guard> guards) {
        this.guards = List.copyOf(guards);
    }

    @Override
    public TaskCreation.Verdict judge(Proposal proposal, TargetHistory history) {
        var verdict = new TaskCreation.Verdict(proposal.outcome(), proposal.reason());
        for (var guard : guards) {
            switch (guard.judge(proposal.limits(), history)) {
                case Allowed() -> {}
                case Held(var reason) -> verdict = new TaskCreation.Verdict(Outcome.HELD, reason);
                case Refused(var reason) -> {
                    return new TaskCreation.Verdict(Outcome.SUPPRESSED, reason);
                }
            }
        }
        return verdict;
    }
}
