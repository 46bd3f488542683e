package io.infraai.worker.execution;

import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.infraai.adapters.tool.ToolCatalog;
import io.infraai.contracts.remediation.ClaimedTask;
import io.infraai.contracts.remediation.TaskOutcome;
import io.infraai.contracts.remediation.TaskOutcome.Ask;
import io.infraai.contracts.remediation.TaskOutcome.Ended;
import io.infraai.contracts.remediation.TaskOutcome.TryAgain;
import io.infraai.contracts.remediation.TaskState;
import io.infraai.contracts.tool.FailureReason;
import io.infraai.contracts.tool.Rehearsal;
import io.infraai.contracts.tool.Settlement;
import io.infraai.contracts.tool.Tool;
import io.infraai.contracts.tool.Tool.Changing;
import io.infraai.contracts.tool.Tool.Identified.Found;
import io.infraai.contracts.tool.Tool.Identified.NotFound;
import io.infraai.contracts.tool.ToolContext;
import io.infraai.contracts.tool.ToolResult;
import io.infraai.contracts.tool.ToolResult.Done;
import io.infraai.contracts.tool.ToolResult.Failed;
import io.infraai.persistence.task.TaskExecution;
import io.infraai.persistence.tenancy.StoreUnavailable;

import static io.infraai.contracts.remediation.TaskState.CANCELLED;
import static io.infraai.contracts.remediation.TaskState.DONE;
import static io.infraai.contracts.remediation.TaskState.EXPIRED;
import static io.infraai.contracts.remediation.TaskState.FAILED;
import static io.infraai.contracts.remediation.TaskState.IN_DOUBT;

/**
 * One try at a task. The target is chosen once per task: stored before the first call, read back for every later one. What a
 * lost answer means depends on the tool's kind.
 */
@ApplicationScoped
class Attempts {

    private static final Logger LOG = Logger.getLogger(Attempts.class);

    private final ToolCatalog tools;
    private final ToolJson json;
    private final TaskExecution tasks;
    private final MetricChecks checks;
    private final WorkerConfig config;
    private final ToolCalls calls;
    private final Backoff backoff;

    Attempts(
            ToolCatalog tools,
            ToolJson json,
            TaskExecution tasks,
            MetricChecks checks,
            WorkerConfig config,
            ToolCalls calls,
            RandomGenerator random) {
        this.tools = tools;
        this.json = json;
        this.tasks = tasks;
        this.checks = checks;
        this.config = config;
        this.calls = calls;
        this.backoff = new Backoff(config.backoff(), random);
    }

    /** Fails never: a bug becomes an outcome too, or the task would be taken over and hit it again. */
    Uni<TaskOutcome> attempt(ClaimedTask task, @Nullable String trace) {
        return Uni.createFrom()
                .deferred(() -> tools.find(task.tool())
                        .map(tool -> attempt(tool, task, trace))
                        .orElseGet(() -> ended(FAILED, "This worker has no tool named " + task.tool())))
                .onFailure(StoreUnavailable.class)
                .recoverWithItem(away -> new TryAgain(config.heldBack(), false, String.valueOf(away.getMessage())))
                .onFailure()
                .recoverWithItem(bug -> bug(task, bug));
    }

    private <P extends Record> Uni<TaskOutcome> attempt(Tool<P> tool, ClaimedTask task, @Nullable String trace) {
        var read = json.read(task.parameters(), tool.spec().parameters());
        if (read.isEmpty()) {
            return ended(FAILED, "The parameters don't fit " + task.tool() + " any more: write the policy anew");
        }
        var parameters = read.get();
        var context = calls.context(task, tool, trace);
        return switch (tool) {
            case Tool.Reading<P> reading ->
                calls.read(reading, parameters, context).map(result -> judge(task, result));
            case Tool.Guarded<P, ?> guarded -> change(guarded, parameters, task, context);
            case Tool.OneShot<P, ?> oneShot -> change(oneShot, parameters, task, context);
        };
    }

    private <P extends Record, T extends Record> Uni<TaskOutcome> change(
            Changing<P, T> tool, P parameters, ClaimedTask task, ToolContext context) {
        if (task.intent().isEmpty()) {
            return checks.hold(task.guards())
                    .chain(refusal -> refusal.isPresent()
                            ? ended(CANCELLED, "Suppressed: " + refusal.get())
                            : task.approvedTarget()
                                    .map(approved -> asApproved(tool, parameters, approved, task, context))
                                    .orElseGet(() -> choose(tool, parameters, task, context)));
        }
        var target = json.read(task.intent().get(), tool.identity());
        if (target.isEmpty()) {
            return ended(IN_DOUBT, "The stored target can't be read by this version of " + task.tool());
        }
        var outcome = task.mayAct()
                ? again(tool, parameters, target.get(), task, context)
                : calls.settle(tool, parameters, target.get(), context).map(settled -> lateSettled(tool, settled));
        return outcome.map(it -> withUndo(it, tool, parameters, target.get()));
    }

    private <P extends Record, T extends Record> Uni<TaskOutcome> choose(
            Changing<P, T> tool, P parameters, ClaimedTask task, ToolContext context) {
        return calls.identify(tool, parameters, context).chain(identified -> switch (identified) {
            case NotFound<T>(var failure) -> Uni.createFrom().item(judge(task, failure));
            case Found<T>(var target)
            when task.dryRun() || task.mustAsk() ->
                tool.rehearse(parameters, target, context)
                        .map(rehearsal -> rehearsed(tool, parameters, target, task, rehearsal));
            case Found<T>(var target) -> intend(tool, parameters, target, json.write(target), task, context);
        });
    }

    /** Nobody is asked about what the target's server refuses, nor about what is so already. */
    private <P extends Record, T extends Record> TaskOutcome rehearsed(
            Changing<P, T> tool, P parameters, T target, ClaimedTask task, Rehearsal rehearsal) {
        return switch (rehearsal) {
            case Rehearsal.Refused(Failed(var reason, var message)) ->
                judge(task, new Failed(reason, "Refused before anybody was asked: " + message));
            case Rehearsal.Needless(var why) -> outcome(DONE, why);
            case Rehearsal.Possible possible
            when task.dryRun() ->
                new Ended(DONE, "Would: " + tool.describe(parameters, target), Asking.shown(possible));
            case Rehearsal.Possible possible ->
                new Ask(
                        json.write(target),
                        tool.describe(parameters, target),
                        tool.inverse(parameters, target),
                        Asking.dryRun(possible),
                        possible.observed(),
                        config.approvalValidity(),
                        config.approvalsPerHour());
        };
    }

    /** The target that people agreed to takes the place of a look-up: what has its name by now may be another. */
    private <P extends Record, T extends Record> Uni<TaskOutcome> asApproved(
            Changing<P, T> tool, P parameters, JsonNode approved, ClaimedTask task, ToolContext context) {
        var target = json.read(approved, tool.identity());
        if (target.isEmpty()) {
            return ended(FAILED, "The approved target can't be read by this version of " + task.tool());
        }
        return changedSince(tool, parameters, target.get(), context)
                .chain(changed -> changed.map(how -> Uni.createFrom().item(judge(task, how)))
                        .orElseGet(() -> intend(tool, parameters, target.get(), approved, task, context)));
    }

    /**
     * A guarded tool finds nothing left to do where somebody else was first, which isn't what people agreed to. A one-shot tool
     * looks by itself right before it fires.
     */
    private <P extends Record, T extends Record> Uni<Optional<Failed>> changedSince(
            Changing<P, T> tool, P parameters, T target, ToolContext context) {
        return switch (tool) {
            case Tool.Guarded<P, T> guarded ->
                calls.settle(guarded, parameters, target, context).map(settlement -> switch (settlement) {
                    case Settlement.Happened(var evidence) ->
                        Optional.of(
                                new Failed(FailureReason.TARGET_CHANGED, "No longer as it was approved: " + evidence));
                    case Settlement.NeverHappened _, Settlement.StillUnknown _ -> Optional.empty();
                });
            case Tool.OneShot<P, T> _ -> Uni.createFrom().item(Optional.empty());
        };
    }

    private <P extends Record, T extends Record> Uni<TaskOutcome> intend(
            Changing<P, T> tool, P parameters, T target, JsonNode identity, ClaimedTask task, ToolContext context) {
        return tasks.intend(task, identity).chain(stored -> {
            if (!stored) {
                return Uni.createFrom()
                        .item(new TryAgain(
                                config.backoff(),
                                false,
                                "May not act now: paused, resolved, too old, no longer approved or lost"));
            }
            Failpoints.hit("after_intent");
            return first(tool, parameters, target, task, context)
                    .map(outcome -> withUndo(outcome, tool, parameters, target));
        });
    }

    /** What was done names the call that takes it back: a person may make it, nothing makes it by itself. */
    private <P extends Record, T extends Record> TaskOutcome withUndo(
            TaskOutcome outcome, Changing<P, T> tool, P parameters, T target) {
        if (!(outcome instanceof Ended(var state, var summary, ObjectNode detail)) || state != DONE) {
            return outcome;
        }
        return tool.inverse(parameters, target)
                .<TaskOutcome>map(
                        undo -> new Ended(state, summary, detail.deepCopy().set("undo", json.write(undo))))
                .orElse(outcome);
    }

    private <P extends Record, T extends Record> Uni<TaskOutcome> first(
            Changing<P, T> tool, P parameters, T target, ClaimedTask task, ToolContext context) {
        return switch (tool) {
            case Tool.Guarded<P, T> guarded ->
                calls.apply(guarded, parameters, target, context).map(result -> judge(task, result));
            case Tool.OneShot<P, T> oneShot ->
                calls.fire(oneShot, parameters, target, context)
                        .chain(result -> result instanceof Failed failed
                                        && failed.reason().mayHaveHappened()
                                ? calls.settle(oneShot, parameters, target, context)
                                        .map(Attempts::settledOnce)
                                : Uni.createFrom().item(judge(task, result)));
        };
    }

    private <P extends Record, T extends Record> Uni<TaskOutcome> again(
            Changing<P, T> tool, P parameters, T target, ClaimedTask task, ToolContext context) {
        return switch (tool) {
            case Tool.Guarded<P, T> _ -> first(tool, parameters, target, task, context);
            case Tool.OneShot<P, T> oneShot ->
                calls.settle(oneShot, parameters, target, context).map(Attempts::settledOnce);
        };
    }

    private TaskOutcome judge(ClaimedTask task, ToolResult result) {
        return switch (result) {
            case Done(var summary, var detail) -> new Ended(DONE, summary, detail);
            case Failed(var reason, var message)
            when reason == FailureReason.HELD_BACK -> new TryAgain(config.heldBack(), false, message);
            case Failed(var reason, var message)
            when reason.retryable() && task.attempt() < config.attempts() ->
                new TryAgain(backoff.before(task.attempt()), true, message);
            case Failed(var reason, var message) -> new Ended(FAILED, message, detail(reason));
        };
    }

    /** The alert has resolved, or the task grew too old, after it may have called: nothing is sent any more. */
    private static TaskOutcome lateSettled(Changing<?, ?> tool, Settlement settlement) {
        return switch (settlement) {
            case Settlement.Happened(var evidence) -> outcome(DONE, "It was done: " + evidence);
            case Settlement.NeverHappened(var evidence) ->
                outcome(EXPIRED, "Not done before it might no longer be: " + evidence);
            case Settlement.StillUnknown(var why) ->
                switch (tool) {
                    case Tool.Guarded<?, ?> _ ->
                        outcome(EXPIRED, "May no longer act, and the target can't be asked: " + why);
                    case Tool.OneShot<?, ?> _ -> outcome(IN_DOUBT, "It may have been done: " + why);
                };
        };
    }

    private static TaskOutcome settledOnce(Settlement settlement) {
        return switch (settlement) {
            case Settlement.Happened(var evidence) -> outcome(DONE, "It was done: " + evidence);
            case Settlement.NeverHappened(var evidence) -> outcome(FAILED, "It was sent and not done: " + evidence);
            case Settlement.StillUnknown(var why) -> outcome(IN_DOUBT, "It may have been done: " + why);
        };
    }

    private TaskOutcome bug(ClaimedTask task, Throwable bug) {
        LOG.errorf(bug, "Task %d hit a bug in tool %s", task.taskId(), task.tool());
        return task.attempt() < config.attempts()
                ? new TryAgain(backoff.before(task.attempt()), true, "Internal error, see the worker's log")
                : outcome(FAILED, "Internal error, see the worker's log");
    }

    private static JsonNode detail(FailureReason reason) {
        return JsonNodeFactory.instance.objectNode().put("reason", reason.name().toLowerCase(Locale.ROOT));
    }

    private static TaskOutcome outcome(TaskState state, String summary) {
        return new Ended(state, summary, JsonNodeFactory.instance.objectNode());
    }

    private static Uni<TaskOutcome> ended(TaskState state, String summary) {
        return Uni.createFrom().item(outcome(state, summary));
    }
}
