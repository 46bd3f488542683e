package io.infraai.worker.execution;

import java.time.Duration;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.eclipse.microprofile.reactive.messaging.OnOverflow.Strategy;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.infraai.contracts.stream.RemediationFinished;
import io.infraai.contracts.stream.TaskRung;
import io.infraai.messaging.redis.tracing.Spans;

/** Rings for other services. Never before the commit that a bell tells of; a bell that is lost is rung again by a sweeper. */
@ApplicationScoped
public class Bells {

    private static final Logger LOG = Logger.getLogger(Bells.class);

    /** Longer waiting would hold a task's slot for the sake of a hint. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final MutinyEmitter<TaskRung> tasks;
    private final MutinyEmitter<RemediationFinished> outcomes;
    private final Spans spans;

    Bells(
            @Channel("worker-tasks-out") @OnOverflow(value = Strategy.BUFFER, bufferSize = 10_000)
                    MutinyEmitter<TaskRung> tasks,
            @Channel("worker-outcomes-out") @OnOverflow(value = Strategy.BUFFER, bufferSize = 10_000)
                    MutinyEmitter<RemediationFinished> outcomes,
            Spans spans) {
        this.tasks = tasks;
        this.outcomes = outcomes;
        this.spans = spans;
    }

    /** Fails when Redis can't be reached, so that the caller may do without. */
    public Uni<Void> ring(TaskRung task) {
        return Uni.createFrom()
                .deferred(() -> tasks.send(task))
                .ifNoItem()
                .after(PATIENCE)
                .fail();
    }

    /** Completes in any case. */
    Uni<Void> finished(RemediationFinished outcome, @Nullable String trace) {
        return Uni.createFrom()
                .deferred(() -> outcomes.sendMessage(spans.bell(outcome, trace)))
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                .onFailure()
                .invoke(e -> LOG.debugf("Outcome of task %d not rung: %s", outcome.taskId(), e.getMessage()))
                .onFailure()
                .recoverWithNull();
    }
}
