package io.infraai.contracts.chat;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;

import io.infraai.contracts.tool.ToolResult;

/**
 * Something that happened in a turn. All but {@link Delta} are stored before they are told: in their order they are the
 * turn's state, from which another engine goes on when one dies.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ReplyEvent.Started.class, name = "started"),
    @JsonSubTypes.Type(value = ReplyEvent.Delta.class, name = "delta"),
    @JsonSubTypes.Type(value = ReplyEvent.Reasoned.class, name = "reasoned"),
    @JsonSubTypes.Type(value = ReplyEvent.TaskAsked.class, name = "task_asked"),
    @JsonSubTypes.Type(value = ReplyEvent.ApprovalRequired.class, name = "approval_required"),
    @JsonSubTypes.Type(value = ReplyEvent.ToolFinished.class, name = "tool_finished"),
    @JsonSubTypes.Type(value = ReplyEvent.Completed.class, name = "completed"),
    @JsonSubTypes.Type(value = ReplyEvent.Failed.class, name = "failed")
})
public sealed interface ReplyEvent {

    /**
     * An engine took the turn up; text that came before and is in no stored event is void.
     *
     * @param attempt from 1; more when an engine died over it
     */
    record Started(int attempt) implements ReplyEvent {}

    /** A piece of the answer's text as the model writes it. Only travels, and may be lost. */
    record Delta(String text) implements ReplyEvent {}

    /**
     * A model asked for tools. What follows are their results, in any order.
     *
     * @param text what it said besides; may be empty
     * @param calls one or more
     * @param model the configured model that answered
     */
    record Reasoned(String text, List<ToolRequest> calls, String model, Usage usage) implements ReplyEvent {

        public Reasoned {
            calls = List.copyOf(calls);
        }
    }

    /** A call that changes something became a task. */
    record TaskAsked(String callId, String tool, long taskId) implements ReplyEvent {}

    /**
     * The task waits for a person.
     *
     * @param approval what there is to approve, as {@code GET /api/approvals} shows it
     */
    record ApprovalRequired(String callId, String tool, long taskId, JsonNode approval) implements ReplyEvent {}

    record ToolFinished(String callId, String tool, ToolResult result) implements ReplyEvent {}

    /**
     * @param text the whole answer
     * @param usage of the whole turn
     */
    record Completed(String text, String model, Usage usage) implements ReplyEvent {}

    /**
     * @param message what was wrong and what to do about it
     * @param usage of the whole turn
     */
    record Failed(TurnFailure reason, String message, Usage usage) implements ReplyEvent {}
}
