package io.infraai.engine.tools;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.UUID;

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
import io.infraai.persistence.catalog.Catalogue;
import io.infraai.persistence.catalog.RecentTools;
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
    private final ActionPlanner planner;

    /** What came of a call. */
    public sealed interface Called {

        record Answered(ToolResult result) implements Called {}

        record AsTask(long taskId) implements Called {}
    }

    GuardedTools(
            ReadOnlyTools reading,
            RecentTools recent,
            FirstTools first,
            TaskCreation tasks,
            Bells bells,
            CallRules rules) {
        this.reading = reading;
        this.recent = recent;
        this.first = first;
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
     */
    public Uni<Called> call(Actor actor, UUID turnId, ToolRequest request, Instant deadline, @Nullable String trace) {
        return catalogue().chain(known -> {
            var tool = known.find(request.tool());
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
                case Planned.Ready(var action) -> {
                    var correlation = turnId + "/" + request.callId();
                    yield allowed(
                            actor,
                            action,
                            new ToolContext(actor.tenant(), actor.subject(), correlation, deadline, trace));
                }
            };
        });
    }

    private Uni<Called> allowed(Actor actor, PlannedAction action, ToolContext context) {
        var tool = action.tool();
        var needed = permission(tool);
        if (!actor.may(needed)) {
            return refused(
                    FailureReason.NOT_PERMITTED,
                    actor.subject() + " may not call " + tool.name() + ": ask somebody with the right to "
                            + needed.name().toLowerCase(Locale.ROOT).replace('_', ' '));
        }
        return needed == Permission.CALL_READING_TOOLS
                ? reading.call(action, context).map(Called.Answered::new)
                : task(actor, action, context);
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
