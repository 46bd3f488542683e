package io.infraai.worker.execution;

import java.util.concurrent.atomic.AtomicInteger;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import org.jboss.logging.Logger;

import io.infraai.adapters.tool.ToolOutput;
import io.infraai.contracts.remediation.ClaimedTask;
import io.infraai.contracts.remediation.TaskOutcome;
import io.infraai.contracts.remediation.TaskState;
import io.infraai.contracts.stream.RemediationFinished;
import io.infraai.contracts.stream.TaskRung;
import io.infraai.contracts.tool.ToolResult;
import io.infraai.contracts.tool.Undo;
import io.infraai.persistence.task.TaskExecution;
import io.infraai.persistence.task.TaskExecution.Finished;

/** Takes a task from its bell to its outcome. */
@ApplicationScoped
public class TaskRunner {

    private static final Logger LOG = Logger.getLogger(TaskRunner.class);

    private final TaskExecution tasks;
    private final Attempts attempts;
    private final Heartbeat heartbeat;
    private final ToolOutput output;
    private final Bells bells;
    private final WorkerConfig config;
    private final MeterRegistry metrics;
    private final AtomicInteger bellsInHand = new AtomicInteger();

    TaskRunner(
            TaskExecution tasks,
            Attempts attempts,
            Heartbeat heartbeat,
            ToolOutput output,
            Bells bells,
            WorkerConfig config,
            MeterRegistry metrics) {
        this.tasks = tasks;
        this.attempts = attempts;
        this.heartbeat = heartbeat;
        this.output = output;
        this.bells = bells;
        this.config = config;
        this.metrics = metrics;
    }

    /** Completes once the task is ended, put back, or found to need nothing. */
    public Uni<Void> run(TaskRung rung) {
        return tasks.claim(rung.tenant(), rung.taskId(), config.name(), config.lease())
                .chain(claimed ->
                        claimed.map(this::work).orElseGet(() -> Uni.createFrom().voidItem()))
                .onSubscription()
                .invoke(() -> bellsInHand.incrementAndGet())
                .onTermination()
                .invoke(() -> bellsInHand.decrementAndGet());
    }

    /**
     * Whether this worker reads bells as fast as they come, as far as can be told: while the stream holds more, hardly half of its
     * slots are ever free.
     */
    public boolean hasRoom() {
        return bellsInHand.get() < Math.ceilDiv(config.slots(), 2);
    }

    private Uni<Void> work(ClaimedTask task) {
        Failpoints.hit("after_claim");
        return heartbeat
                .during(task, attempts.attempt(task).chain(outcome -> presentable(task, outcome)))
                .chain(outcome -> outcome.map(it -> finish(task, it))
                        .orElseGet(() -> Uni.createFrom().voidItem()));
    }

    /** The journal is read by many: it holds no secret that a platform let slip. */
    private Uni<TaskOutcome> presentable(ClaimedTask task, TaskOutcome outcome) {
        return switch (outcome) {
            case TaskOutcome.Ended(var state, var summary, var detail) ->
                output.of(task.tenant(), task.tool(), new ToolResult.Done(summary, detail))
                        .map(shown -> switch (shown) {
                            case ToolResult.Done(var sentence, var rest) ->
                                new TaskOutcome.Ended(state, sentence, rest);
                            case ToolResult.Failed _ -> outcome;
                        });
            case TaskOutcome.Ask ask -> presentable(task, ask);
            case TaskOutcome.TryAgain(var after, var counted, var summary) ->
                Uni.createFrom().item(new TaskOutcome.TryAgain(after, counted, output.sentence(summary)));
        };
    }

    /** An undo that can't be shown whole isn't offered: it would do something else. */
    private Uni<TaskOutcome> presentable(ClaimedTask task, TaskOutcome.Ask ask) {
        var arguments = ask.undo().map(Undo::arguments).orElseGet(JsonNodeFactory.instance::objectNode);
        var sentence = shown(task, ask.summary(), arguments);
        var observed = shown(task, "", ask.observed());
        return Uni.combine().all().unis(sentence, observed).asTuple().map(both -> {
            var whole = both.getItem1().detail();
            return new TaskOutcome.Ask(
                    ask.target(),
                    both.getItem1().summary(),
                    ask.undo().filter(undo -> undo.arguments().equals(whole)),
                    ask.dryRun(),
                    both.getItem2().detail(),
                    ask.validity(),
                    ask.mostPerHour());
        });
    }

    private Uni<ToolResult.Done> shown(ClaimedTask task, String summary, JsonNode detail) {
        var whole = new ToolResult.Done(summary, detail);
        return output.of(task.tenant(), task.tool(), whole).map(shown -> switch (shown) {
            case ToolResult.Done done -> done;
            case ToolResult.Failed _ -> whole;
        });
    }

    private Uni<Void> finish(ClaimedTask task, TaskOutcome outcome) {
        Failpoints.hit("before_outcome");
        return tasks.finish(task, outcome).chain(finished -> tell(task, outcome, finished));
    }

    private Uni<Void> tell(ClaimedTask task, TaskOutcome outcome, Finished finished) {
        if (finished.state().isEmpty()) {
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
            case TaskOutcome.Ended _ -> ended(task, state);
            case TaskOutcome.Ask _ when state.ended() -> ended(task, state);
            case TaskOutcome.Ask _ -> asked(task);
            case TaskOutcome.TryAgain again -> putBack(task, again);
        });
    }

    private Uni<Void> asked(ClaimedTask task) {
        metrics.counter("infraai_approvals_asked", "tool", task.tool()).increment();
        LOG.infof("Task %d asks for approval: tool=%s target=%s", task.taskId(), task.tool(), task.targetKey());
        return Uni.createFrom().voidItem();
    }

    private Uni<Void> ended(ClaimedTask task, TaskState state) {
        metrics.counter("infraai_tasks_ended", "tool", task.tool(), "state", state.wire())
                .increment();
        LOG.infof(
                "Task %d ended as %s: tool=%s target=%s attempt=%d",
                task.taskId(), state.wire(), task.tool(), task.targetKey(), task.attempt());
        return bells.finished(new RemediationFinished(task.tenant(), task.taskId(), state));
    }

    private Uni<Void> putBack(ClaimedTask task, TaskOutcome.TryAgain again) {
        metrics.counter("infraai_tasks_retried", "tool", task.tool()).increment();
        LOG.infof(
                "Task %d is tried again in %s: tool=%s attempt=%d reason=%s",
                task.taskId(), again.after(), task.tool(), task.attempt(), again.summary());
        return Uni.createFrom().voidItem();
    }
}
