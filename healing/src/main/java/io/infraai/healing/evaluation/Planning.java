package io.infraai.healing.evaluation;

import java.time.Clock;
import java.util.List;
import java.util.OptionalLong;

import jakarta.enterprise.context.ApplicationScoped;

import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

import io.infraai.contracts.alert.Episode;
import io.infraai.contracts.identity.TenantId;
import io.infraai.contracts.policy.Outcome;
import io.infraai.contracts.remediation.NewTask;
import io.infraai.contracts.stream.EpisodesOpened;
import io.infraai.healing.guard.Guards;
import io.infraai.persistence.intake.EpisodeQueries;
import io.infraai.persistence.task.TaskCreation;
import io.infraai.persistence.task.TaskCreation.EpisodeDecisions;
import io.infraai.persistence.task.TaskCreation.Proposal;
import io.infraai.policies.Evaluation;
import io.infraai.policies.PlannedAction;
import io.infraai.policies.PolicyEvaluator;

/** From episodes to decisions and tasks: evaluate in memory, store in one transaction, ring. */
@ApplicationScoped
public class Planning {

    private final EpisodeQueries episodes;
    private final PolicyCache policies;
    private final TaskCreation tasks;
    private final Guards guards;
    private final Bells bells;
    private final Clock clock;
    private final MeterRegistry metrics;

    Planning(
            EpisodeQueries episodes,
            PolicyCache policies,
            TaskCreation tasks,
            Guards guards,
            Bells bells,
            Clock clock,
            MeterRegistry metrics) {
        this.episodes = episodes;
        this.policies = policies;
        this.tasks = tasks;
        this.guards = guards;
        this.bells = bells;
        this.clock = clock;
        this.metrics = metrics;
    }

    /** Safe to repeat: an episode is decided about once. */
    public Uni<Void> decide(EpisodesOpened opened) {
        return Uni.combine()
                .all()
                .unis(policies.of(opened.tenant()), episodes.byIds(opened.tenant(), opened.episodes()))
                .asTuple()
                .map(known -> evaluate(known.getItem1(), known.getItem2()))
                .chain(decisions -> tasks.plan(opened.tenant(), decisions, guards))
                .chain(queued -> ring(opened.tenant(), queued));
    }

    private List<EpisodeDecisions> evaluate(PolicyEvaluator evaluator, List<Episode> episodes) {
        return episodes.stream()
                .map(episode -> new EpisodeDecisions(
                        episode.id(),
                        evaluator.evaluate(episode.alert(), clock.instant()).stream()
                                .map(evaluation -> proposal(episode, evaluation))
                                .toList()))
                .toList();
    }

    private Proposal proposal(Episode episode, Evaluation evaluation) {
        var policy = evaluation.policy();
        metrics.counter(
                        "infraai_policy_matches",
                        "outcome",
                        evaluation.outcome().wire())
                .increment();
        return new Proposal(
                policy.id(),
                policy.revision(),
                evaluation.outcome(),
                evaluation.reason(),
                task(episode, evaluation),
                policy.limits(),
                policy.continues());
    }

    private static @Nullable NewTask task(Episode episode, Evaluation evaluation) {
        var action = evaluation.action();
        if (action == null || !evaluation.outcome().acts()) {
            return null;
        }
        return newTask(episode, evaluation, action);
    }

    private static NewTask newTask(Episode episode, Evaluation evaluation, PlannedAction action) {
        var policy = evaluation.policy();
        var idempotencyKey = episode.id() + ":" + policy.id() + ":0";
        return new NewTask(
                idempotencyKey,
                // a tool that only looks has no target, and waits for nobody
                action.targetKey().isEmpty() ? "look:" + idempotencyKey : action.targetKey(),
                action.tool().name(),
                action.tool().kind(),
                action.params(),
                evaluation.outcome() == Outcome.AWAITING_APPROVAL
                        ? action.tool().kind().approvers()
                        : 0,
                false,
                policy.limits().maxAge(),
                evaluation.guards(),
                episode.id(),
                OptionalLong.of(policy.id()),
                policy.revision(),
                "policy:" + policy.id());
    }

    private Uni<Void> ring(TenantId tenant, List<Long> queued) {
        return bells.ring(tenant, queued);
    }
}
