package io.infraai.worker.execution;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Function;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import org.jspecify.annotations.Nullable;

import io.infraai.adapters.tool.ToolOutput;
import io.infraai.contracts.remediation.ClaimedTask;
import io.infraai.contracts.remediation.TaskOutcome;
import io.infraai.contracts.remediation.TaskState;
import io.infraai.contracts.stream.TaskRung;
import io.infraai.contracts.tool.ToolResult;
import io.infraai.contracts.tool.Undo;
import io.infraai.logs.LogKey;
import io.infraai.messaging.redis.tracing.Spans;
import io.infraai.messaging.redis.tracing.Step;
import io.infraai.messaging.redis.tracing.Trail;
import io.infraai.persistence.task.TaskExecution;

/** Takes a task from its bell to its outcome. */
@ApplicationScoped
public class TaskRunner {

    /** What healing writes into {@code requested_by}, before the policy's id. */
    private static final String OF_POLICY = "policy:";

    private final TaskExecution tasks;
    private final Attempts attempts;
    private final Heartbeat heartbeat;
    private final ToolOutput output;
    private final Outcomes outcomes;
    private final WorkerConfig config;
    private final Spans spans;
    private final AtomicInteger bellsInHand = new AtomicInteger();

    TaskRunner(
            TaskExecution tasks,
            Attempts attempts,
            Heartbeat heartbeat,
            ToolOutput output,
            Outcomes outcomes,
            WorkerConfig config,
            Spans spans) {
        this.tasks = tasks;
        this.attempts = attempts;
        this.heartbeat = heartbeat;
        this.output = output;
        this.outcomes = outcomes;
        this.config = config;
        this.spans = spans;
    }

    /** Completes once the task is ended, put back, or found to need nothing. */
    public Uni<Void> run(TaskRung rung) {
        return taken(rung, task -> work(task, null, (_, _) -> {}));
    }

    /**
     * The same for a bell, which may belong to a trace, on a Vert.x context of its own.
     *
     * @param bell its W3C trace context
     */
    Uni<Void> run(TaskRung rung, @Nullable String bell) {
        return taken(rung, task -> work(task, bell, TaskRunner::named));
    }

    private Uni<Void> taken(TaskRung rung, Function<ClaimedTask, Uni<Void>> work) {
        return tasks.claim(rung.tenant(), rung.taskId(), config.name(), config.lease())
                .chain(claimed ->
                        claimed.map(work).orElseGet(() -> Uni.createFrom().voidItem()))
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

    private static void named(ClaimedTask task, Step step) {
        LogKey.TENANT.put(task.tenant());
        LogKey.TASK_ID.put(task.taskId());
        LogKey.TOOL.put(task.tool());
        if (task.requestedBy().startsWith(OF_POLICY)) {
            LogKey.POLICY_ID.put(task.requestedBy().substring(OF_POLICY.length()));
        }
        LogKey.putTrace(step.traceparent());
    }

    /**
     * Each attempt is a span of its own, whichever worker makes it.
     *
     * @param begun told of it when it begins
     */
    private Uni<Void> work(ClaimedTask task, @Nullable String bell, BiConsumer<ClaimedTask, Step> begun) {
        Failpoints.hit("after_claim");
        outcomes.began(task);
        var here = here();
        return spans.during("attempt " + task.tool(), Trail.of(task.traceparent(), task.age(), bell), step -> {
            begun.accept(task, step);
            step.tell("infraai.task.id", task.taskId())
                    .tell("infraai.task.attempt", task.attempt())
                    .tell("infraai.task.crashes", task.crashes())
                    .tell("gen_ai.tool.name", task.tool());
            return heartbeat
                    .during(
                            task,
                            attempts.attempt(task, step.traceparent()).chain(outcome -> presentable(task, outcome)))
                    .emitOn(here)
                    .chain(outcome -> outcome.map(it -> finish(task, it, step)).orElseGet(() -> lost(step)));
        });
    }

    /** Tools answer on threads of theirs, where the keys of log lines aren't known. */
    private static Executor here() {
        var context = Vertx.currentContext();
        return context == null ? Runnable::run : work -> context.runOnContext(_ -> work.run());
    }

    private static Uni<Void> lost(Step step) {
        step.tell("infraai.outcome", "claim_lost");
        return Uni.createFrom().voidItem();
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

    private Uni<Void> finish(ClaimedTask task, TaskOutcome outcome, Step step) {
        Failpoints.hit("before_outcome");
        return tasks.finish(task, outcome).chain(finished -> {
            step.tell("infraai.outcome", finished.state().map(TaskState::wire).orElse("claim_lost"));
            return outcomes.tell(task, outcome, finished, step.traceparent());
        });
    }
}
