package io.infraai.engine.agent;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

import io.infraai.contracts.chat.ReplyEvent;
import io.infraai.contracts.chat.ReplyEvent.ApprovalRequired;
import io.infraai.contracts.chat.ReplyEvent.ToolFinished;
import io.infraai.contracts.chat.Usage;
import io.infraai.contracts.remediation.Task;
import io.infraai.contracts.remediation.TaskState;
import io.infraai.contracts.tool.FailureReason;
import io.infraai.contracts.tool.ToolResult;
import io.infraai.engine.turn.Call;
import io.infraai.engine.turn.CallState.AsTask;
import io.infraai.persistence.task.TaskQueries;

/** Looks at the tasks that a turn waits for. */
@ApplicationScoped
class TaskWatch {

    private final TaskQueries tasks;

    TaskWatch(TaskQueries tasks) {
        this.tasks = tasks;
    }

    /**
     * @param news what happened to the tasks since it was last looked; stored already
     * @param waiting the others, and the state they are in
     */
    record Seen(List<ReplyEvent> news, Map<Long, TaskState> waiting) {}

    Uni<Seen> look(Work work, List<Call> calls) {
        return Multi.createFrom()
                .iterable(calls)
                .onItem()
                .transformToUniAndConcatenate(call -> look(work, call))
                .collect()
                .in(() -> new Seen(new ArrayList<>(), new HashMap<>()), (seen, looked) -> {
                    if (looked.event() != null) {
                        seen.news().add(looked.event());
                    } else {
                        seen.waiting().put(looked.taskId(), looked.state());
                    }
                });
    }

    private record Looked(
            long taskId, TaskState state, @Nullable ReplyEvent event) {}

    private Uni<Looked> look(Work work, Call call) {
        var asked = (AsTask) call.state();
        return tasks.byId(work.turn().actor().tenant(), asked.taskId()).chain(found -> {
            var state = found.map(Task::state).orElse(TaskState.CANCELLED);
            return event(call, asked, found)
                    .map(event -> work.journal()
                            .record(event, Usage.NONE)
                            .replaceWith(new Looked(asked.taskId(), state, event)))
                    .orElseGet(() -> Uni.createFrom().item(new Looked(asked.taskId(), state, null)));
        });
    }

    private static Optional<ReplyEvent> event(Call call, AsTask asked, Optional<Task> found) {
        var callId = call.request().callId();
        var tool = call.request().tool();
        if (found.isEmpty()) {
            var gone = new ToolResult.Failed(FailureReason.TARGET_NOT_FOUND, "There is no such task any more");
            return Optional.of(new ToolFinished(callId, tool, gone));
        }
        var task = found.get();
        if (task.state().ended()) {
            return Optional.of(new ToolFinished(callId, tool, result(task)));
        }
        return task.state() == TaskState.AWAITING_APPROVAL && !asked.announced()
                ? Optional.of(new ApprovalRequired(callId, tool, asked.taskId(), approval(task)))
                : Optional.empty();
    }

    private static JsonNode approval(Task task) {
        var shown = JsonNodeFactory.instance.objectNode().put("target", task.target());
        shown.set("parameters", task.parameters());
        var asked = task.approval();
        if (asked != null) {
            shown.put("id", asked.id())
                    .put("sentence", asked.sentence())
                    .put("expires_at", asked.expiresAt().toString());
            shown.set("target_identity", asked.targetIdentity());
            shown.setAll(present("dry_run", asked.dryRun()));
            shown.setAll(present("undo", asked.undo()));
            shown.setAll(present("evidence", asked.evidence()));
        }
        return shown;
    }

    private static ObjectNode present(String name, @Nullable JsonNode value) {
        var field = JsonNodeFactory.instance.objectNode();
        return value == null ? field : field.set(name, value);
    }

    private static ToolResult result(Task task) {
        var said = task.reason() == null ? "" : ": " + task.reason();
        var what = "Task " + task.id() + " ended as " + task.state().wire() + said;
        return switch (task.state()) {
            case DONE ->
                new ToolResult.Done(
                        what, task.outcome() == null ? JsonNodeFactory.instance.objectNode() : task.outcome());
            case CANCELLED -> new ToolResult.Failed(FailureReason.NOT_PERMITTED, what);
            case FAILED -> new ToolResult.Failed(reason(task), what);
            default -> new ToolResult.Failed(FailureReason.TIMED_OUT, what);
        };
    }

    /** As the worker noted it. */
    private static FailureReason reason(Task task) {
        var noted = task.outcome() == null ? "" : task.outcome().path("reason").asText();
        try {
            return FailureReason.valueOf(noted.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException _) {
            return FailureReason.REFUSED_FOR_NOW;
        }
    }
}
