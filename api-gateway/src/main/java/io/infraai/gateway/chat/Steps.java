package io.infraai.gateway.chat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;

import io.infraai.contracts.chat.NumberedReply;
import io.infraai.contracts.chat.ReplyEvent;
import io.infraai.contracts.chat.ReplyEvent.ApprovalRequired;
import io.infraai.contracts.chat.ReplyEvent.Completed;
import io.infraai.contracts.chat.ReplyEvent.Delta;
import io.infraai.contracts.chat.ReplyEvent.Failed;
import io.infraai.contracts.chat.ReplyEvent.Reasoned;
import io.infraai.contracts.chat.ReplyEvent.Started;
import io.infraai.contracts.chat.ReplyEvent.TaskAsked;
import io.infraai.contracts.chat.ReplyEvent.ToolFinished;
import io.infraai.contracts.chat.ToolRequest;
import io.infraai.contracts.tool.ToolResult;

/** The tool calls of a turn and what came of each, read from its events. */
final class Steps {

    private final Map<String, Step> byCall = new LinkedHashMap<>();
    private final Map<String, JsonNode> approvals = new LinkedHashMap<>();

    /**
     * @param status running, awaiting_approval, done or failed
     * @param summary what the tool says in a sentence, or why it failed
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Step(
            String callId,
            String tool,
            JsonNode arguments,
            String status,
            @Nullable String summary,
            @Nullable JsonNode result,
            @Nullable String reason,
            @Nullable Long taskId) {

        static Step asked(ToolRequest call) {
            return new Step(call.callId(), call.tool(), call.arguments(), "running", null, null, null, null);
        }

        Step task(long id, String now) {
            return new Step(callId, tool, arguments, now, summary, result, reason, id);
        }

        Step ended(ToolResult outcome) {
            return switch (outcome) {
                case ToolResult.Done(var said, var detail) ->
                    new Step(callId, tool, arguments, "done", said, detail, null, taskId);
                case ToolResult.Failed(var why, var said) ->
                    new Step(
                            callId,
                            tool,
                            arguments,
                            "failed",
                            said,
                            null,
                            why.name().toLowerCase(Locale.ROOT),
                            taskId);
            };
        }
    }

    private Steps() {}

    static Steps of(List<NumberedReply> events) {
        var steps = new Steps();
        events.forEach(reply -> steps.read(reply.event()));
        return steps;
    }

    private void read(ReplyEvent event) {
        switch (event) {
            case Reasoned reasoned -> reasoned.calls().forEach(call -> byCall.put(call.callId(), Step.asked(call)));
            case TaskAsked(var call, var _, var task) ->
                byCall.computeIfPresent(call, (_, step) -> step.task(task, "running"));
            case ApprovalRequired(var call, var _, var task, var approval) -> {
                byCall.computeIfPresent(call, (_, step) -> step.task(task, "awaiting_approval"));
                approvals.put(call, approval);
            }
            case ToolFinished(var call, var _, var result) -> {
                byCall.computeIfPresent(call, (_, step) -> step.ended(result));
                approvals.remove(call);
            }
            case Started _, Delta _, Completed _, Failed _ -> {}
        }
    }

    List<Step> all() {
        return List.copyOf(byCall.values());
    }

    /** What a person has still to decide about. */
    List<JsonNode> approvals() {
        return List.copyOf(approvals.values());
    }

    /** The task that this event says a person has to decide about. */
    static Optional<Long> awaited(ReplyEvent event) {
        return event instanceof ApprovalRequired required ? Optional.of(required.taskId()) : Optional.empty();
    }
}
