package io.infraai.healing.evaluation;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

import io.infraai.contracts.alert.Episode;
import io.infraai.contracts.identity.TenantId;
import io.infraai.contracts.policy.Outcome;
import io.infraai.contracts.remediation.NewTask;
import io.infraai.contracts.stream.EpisodesOpened;
import io.infraai.messaging.redis.tracing.Spans;
import io.infraai.messaging.redis.tracing.Step;
import io.infraai.messaging.redis.tracing.Trail;
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
    private final Judges judges;
    private final Bells bells;
    private final Clock clock;
    private final Spans spans;

    Planning(
            EpisodeQueries episodes,
            PolicyCache policies,
            TaskCreation tasks,
            Judges judges,
            Bells bells,
            Clock clock,
            Spans spans) {
        this.episodes = episodes;
        this.policies = policies;
        this.tasks = tasks;
        this.judges = judges;
        this.bells = bells;
        this.clock = clock;
        this.spans = spans;
    }

    /** An episode, what the policies want done about it, and the span of its planning. */
    private record Plan(Step step, EpisodeDecisions decisions) {}

    /** Safe to repeat: an episode is decided about once. */
    public Uni<Void> decide(EpisodesOpened opened) {
        return decide(opened, null);
    }

    /**
     * The same for a bell that belongs to a trace.
     *
     * @param bell its W3C trace context
     */
    Uni<Void> decide(EpisodesOpened opened, @Nullable String bell) {
        return Uni.combine()
                .all()
                .unis(policies.of(opened.tenant()), episodes.byIds(opened.tenant(), opened.episodes()))
                .asTuple()
                .chain(known -> {
                    var plans = known.getItem2().stream()
                            .map(episode -> plan(known.getItem1(), episode, bell))
                            .toList();
                    return carriedOut(opened.tenant(), plans)
                            .onTermination()
                            .invoke(() -> plans.forEach(plan -> plan.step().end()));
                });
    }

    private Uni<Void> carriedOut(TenantId tenant, List<Plan> plans) {
        var decisions = plans.stream().map(Plan::decisions).toList();
        // what is rung for several at once is found by the traces that the tasks were stored with
        var trace = plans.size() == 1 ? plans.getFirst().step().traceparent() : null;
        return tasks.plan(tenant, decisions, observed(plans))
                .invoke(() -> judges.unmatched(plans.stream()
                        .filter(plan -> plan.decisions().proposals().isEmpty())
                        .count()))
                .chain(queued -> bells.ring(tenant, queued, trace));
    }

    private Decisions observed(List<Plan> plans) {
        var steps = plans.stream()
                .collect(Collectors.toMap(plan -> plan.decisions().episode(), Plan::step, (one, _) -> one));
        return judges.of(steps);
    }

    private Plan plan(PolicyEvaluator evaluator, Episode episode, @Nullable String bell) {
        var now = clock.instant();
        var age = Duration.between(episode.openedAt(), now);
        var step = spans.begin("plan episode", Trail.of(episode.traceparent(), age, bell));
        var evaluations = evaluator.evaluate(episode.alert(), now);
        step.tell("infraai.episode.id", episode.id().toString()).tell("infraai.policies.matched", evaluations.size());
        return new Plan(
                step,
                new EpisodeDecisions(
                        episode.id(),
                        evaluations.stream()
                                .map(evaluation -> proposal(episode, evaluation, step))
                                .toList()));
    }

    private static Proposal proposal(Episode episode, Evaluation evaluation, Step step) {
        var policy = evaluation.policy();
        return new Proposal(
                policy.id(),
                policy.revision(),
                evaluation.outcome(),
                evaluation.reason(),
                task(episode, evaluation, step),
                policy.limits(),
                policy.continues());
    }

    private static @Nullable NewTask task(Episode episode, Evaluation evaluation, Step step) {
        var action = evaluation.action();
        if (action == null || !evaluation.outcome().acts()) {
            return null;
        }
        return newTask(episode, evaluation, action, step);
    }

    private static NewTask newTask(Episode episode, Evaluation evaluation, PlannedAction action, Step step) {
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
                evaluation.followUp(),
                episode.id(),
                OptionalLong.of(policy.id()),
                policy.revision(),
                "policy:" + policy.id(),
                step.traceparent());
    }
}
