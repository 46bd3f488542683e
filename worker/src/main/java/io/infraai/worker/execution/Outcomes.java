package io.infraai.worker.execution;

import jakarta.enterprise.context.ApplicationScoped;

import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.infraai.contracts.remediation.ClaimedTask;
import io.infraai.contracts.remediation.TaskOutcome;
import io.infraai.contracts.remediation.TaskState;
import io.infraai.contracts.stream.RemediationFinished;
import io.infraai.contracts.stream.TaskRung;
import io.infraai.persistence.task.TaskExecution.Finished;

/** Tells others what came of an attempt, once it is stored: in bells, in metrics, in the log. */
@ApplicationScoped
class Outcomes {

    private static final Logger LOG = Logger.getLogger(Outcomes.class);

    private final Bells bells;
    private final MeterRegistry metrics;

    Outcomes(Bells bells, MeterRegistry metrics) {
        this.bells = bells;
        this.metrics = metrics;
    }

    /** At the beginning of an attempt. */
    void began(ClaimedTask task) {
        metrics.counter("infraai_task_attempts", "tool", task.tool()).increment();
        if (task.takenOver()) {
            metrics.counter("infraai_tasks_taken_over", "tool", task.tool()).increment();
            LOG.warnf("Task %d is taken over from a worker that fell silent: tool=%s", task.taskId(), task.tool());
        }
    }

    /**
     * Completes in any case.
     *
     * @param trace of the attempt
     */
    Uni<Void> tell(ClaimedTask task, TaskOutcome outcome, Finished finished, @Nullable String trace) {
        if (finished.state().isEmpty()) {
            metrics.counter("infraai_outcomes_refused").increment();
            LOG.warnf(
                    "Outcome of task %d came too late, another worker holds it: %s", task.taskId(), outcome.summary());
            return Uni.createFrom().voidItem();
        }
        var next = finished.next().isPresent()
                ? bells.ring(new TaskRung(task.tenant(), finished.next().getAsLong()))
                        .onFailure()
                        .recoverWithNull()
                : Uni.createFrom().voidItem();
        var state = finished.state().get();
        return next.chain(() -> switch (outcome) {
            case TaskOutcome.Ended _ -> ended(task, state, trace);
            case TaskOutcome.Ask _ when state.ended() -> ended(task, state, trace);
            case TaskOutcome.Ask _ -> asked(task);
            case TaskOutcome.TryAgain again -> putBack(task, again);
        });
    }

    private Uni<Void> asked(ClaimedTask task) {
        metrics.counter("infraai_approvals_asked", "tool", task.tool()).increment();
        LOG.infof("Task %d asks for approval: tool=%s target=%s", task.taskId(), task.tool(), task.targetKey());
        return Uni.createFrom().voidItem();
    }

    private Uni<Void> ended(ClaimedTask task, TaskState state, @Nullable String trace) {
        metrics.counter("infraai_tasks_ended", "tool", task.tool(), "state", state.wire())
                .increment();
        LOG.infof(
                "Task %d ended as %s: tool=%s target=%s attempt=%d",
                task.taskId(), state.wire(), task.tool(), task.targetKey(), task.attempt());
        return bells.finished(new RemediationFinished(task.tenant(), task.taskId(), state), trace);
    }

    private Uni<Void> putBack(ClaimedTask task, TaskOutcome.TryAgain again) {
        metrics.counter("infraai_tasks_retried", "tool", task.tool(), "why", again.counted() ? "failed" : "held_back")
                .increment();
        LOG.infof(
                "Task %d is tried again in %s: tool=%s attempt=%d reason=%s",
                task.taskId(), again.after(), task.tool(), task.attempt(), again.summary());
        return Uni.createFrom().voidItem();
    }
}
