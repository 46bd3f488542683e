package io.infraai.healing.evaluation;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.core.instrument.MeterRegistry;

import io.infraai.contracts.policy.Outcome;
import io.infraai.messaging.redis.tracing.Step;
import io.infraai.persistence.task.TaskCreation.Judge;
import io.infraai.persistence.task.TaskCreation.Proposal;
import io.infraai.persistence.task.TaskCreation.TargetHistory;
import io.infraai.persistence.task.TaskCreation.Verdict;

/**
 * Judges as the guards do, and tells metrics and spans what was decided. An episode's span has the outcome of the first of its
 * policies.
 */
final class Decisions implements Judge {

    private final Judge guards;
    private final MeterRegistry metrics;
    private final Map<UUID, Step> steps;

    Decisions(Judge guards, MeterRegistry metrics, Map<UUID, Step> steps) {
        this.guards = guards;
        this.metrics = metrics;
        this.steps = new ConcurrentHashMap<>(steps);
    }

    @Override
    public Verdict judge(Proposal proposal, TargetHistory history) {
        return guards.judge(proposal, history);
    }

    @Override
    public void decided(UUID episode, Outcome outcome) {
        metrics.counter("infraai_policy_matches", "outcome", outcome.wire()).increment();
        var step = steps.remove(episode);
        if (step != null) {
            step.tell("infraai.outcome", outcome.wire());
        }
    }
}
