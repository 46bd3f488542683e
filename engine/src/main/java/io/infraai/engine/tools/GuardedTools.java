package io.infraai.engine.tools;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

import io.infraai.contracts.chat.ToolRequest;
import io.infraai.contracts.identity.Actor;
import io.infraai.contracts.identity.Permission;
import io.infraai.contracts.remediation.NewTask;
import io.infraai.contracts.stream.TaskRung;
import io.infraai.contracts.tool.FailureReason;
import io.infraai.contracts.tool.ToolContext;
import io.infraai.contracts.tool.ToolDescription;
import io.infraai.contracts.tool.ToolKind;
import io.infraai.contracts.tool.ToolResult;
import io.infraai.contracts.tool.ToolResult.Failed;
import io.infraai.engine.bells.Bells;
import io.infraai.engine.turn.Progress;
import io.infraai.engine.untrusted.SeenTargets;
import io.infraai.persistence.catalog.Catalogue;
import io.infraai.persistence.catalog.RecentTools;
import io.infraai.persistence.conversation.ClaimedTurn;
import io.infraai.persistence.task.TaskCreation;
import io.infraai.policies.ActionPlanner;
import io.infraai.policies.Planned;
import io.infraai.policies.PlannedAction;

/**
 * The guarded tool layer as a conversation uses it: what only looks is answered here, what changes something or looks for
 * long becomes a task. It is called with the rights of the user who asked.
 */
@ApplicationScoped
public class GuardedTools {

    private final ReadOnlyTools reading;
    private final TaskCreation tasks;
    private final Bells bells;
    private final CallRules rules;
    private final RecentTools recent;
    private final FirstTools first;
    private final SeenTargets targets;
    private final ActionPlanner planner;

    /** What came of a call. */
    public sealed interface Called {

        record Answered(ToolResult result) implements Called {}

        record AsTask(long taskId) implements Called {}
    }

    /**
     * In whose name a call is made, and in what conversation.
     *
     * @param actor the user as of now
     * @param trace the W3C trace context of the call; absent when that isn't traced
     */
    public record Calling(
            Actor actor,
            ClaimedTurn turn,
            Progress progress,
            Instant deadline,
            @Nullable String trace) {

        private ToolContext context(ToolRequest request) {
            return new ToolContext(
                    actor.tenant(), actor.subject(), turn.turnId() + "/" + request.callId(), deadline, trace);
        }
    }

    GuardedTools(
            ReadOnlyTools reading,
            RecentTools recent,
            FirstTools first,
            SeenTargets targets,
            TaskCreation tasks,
            Bells bells,
            CallRules rules) {
        this.reading = reading;
        this.recent = recent;
        this.first = first;
        this.targets = targets;
        this.tasks = tasks;
        this.bells = bells;
        this.rules = rules;
        // one for all calls: it compiles each tool's schema once
        this.planner = new ActionPlanner(tool -> recent.latest().find(tool), rules.protectedNamespaces());
    }

    /** Right after a start it waits a little until there are tools to be known. */
    public Uni<Catalogue> catalogue() {
        return first.known().chain(recent::now);
    }

    /** What an answer to the user is followed by: empty, but for tools that are missing. */
    public String remark(Actor actor) {
        return first.remark(actor);
    }

    /**
     * Fails only when the database can't be reached. A call that was made before, by an engine that died, makes no second
     * task.
     *
     * @param tool the one that is asked for, from the {@link #catalogue}; empty when there is none
     */
    public Uni<Called> call(Calling calling, ToolRequest request, Optional<ToolDescription> tool) {
        if (tool.isEmpty()) {
            return refused(FailureReason.INVALID_PARAMETERS, "There is no tool named " + request.tool());
        }
        if (!(request.arguments() instanceof ObjectNode arguments)) {
            return refused(FailureReason.INVALID_PARAMETERS, "The arguments are no JSON object");
        }
        return switch (planner.plan(request.tool(), arguments)) {
            case Planned.Refused(var path, var reason) ->
                refused(
                        FailureReason.INVALID_PARAMETERS,
                        path.isEmpty() ? reason : "The argument " + path.substring(1) + ": " + reason);
            case Planned.Ready(var action) -> allowed(calling, action, arguments, calling.context(request));
        };
    }

    private Uni<Called> allowed(Calling calling, PlannedAction action, ObjectNode arguments, ToolContext context) {
        var actor = calling.actor();
        var tool = action.tool();
        var needed = permission(tool);
        if (!actor.may(needed)) {
            return refused(
                    FailureReason.NOT_PERMITTED,
                    actor.subject() + " may not call " + tool.name() + ": ask somebody with the right to "
                            + needed.name().toLowerCase(Locale.ROOT).replace('_', ' '));
        }
        if (needed == Permission.CALL_READING_TOOLS) {
            return reading.call(action, context).map(Called.Answered::new);
        }
        // what nobody has seen isn't changed; who may not change anything was told that first
        return targets.objection(calling.turn(), calling.progress(), tool, arguments)
                .chain(objection -> objection
                        .map(failed -> Uni.createFrom().<Called>item(new Called.Answered(failed)))
                        .orElseGet(() -> task(actor, action, context)));
    }

    private Permission permission(ToolDescription tool) {
        if (tool.kind() != ToolKind.READING) {
            return Permission.CALL_CHANGING_TOOLS;
        }
        return tool.timeout().compareTo(rules.longestAnswer()) > 0
                ? Permission.CALL_HEAVY_TOOLS
                : Permission.CALL_READING_TOOLS;
    }

    private Uni<Called> task(Actor actor, PlannedAction action, ToolContext context) {
        var task = new NewTask(
                "chat:" + context.correlationId().replace('/', ':'),
                action.targetKey(),
                action.tool().name(),
                action.tool().kind(),
                action.params(),
                action.tool().kind().approvers(),
                false,
                rules.taskMaxAge(),
                List.of(),
                null,
                null,
                OptionalLong.empty(),
                0,
                actor.subject(),
                context.traceparent());
        return tasks.request(actor.tenant(), task).map(requested -> {
            bells.taskDue(new TaskRung(actor.tenant(), requested.taskId()), context.traceparent());
            return new Called.AsTask(requested.taskId());
        });
    }

    private static Uni<Called> refused(FailureReason reason, String message) {
        return Uni.createFrom().item(new Called.Answered(new Failed(reason, message)));
    }
}
