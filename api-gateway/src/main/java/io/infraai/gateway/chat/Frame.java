package io.infraai.gateway.chat;

import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.jspecify.annotations.Nullable;

import io.infraai.contracts.chat.Usage;

/** What a follower of a conversation is told, the same on a WebSocket and as server-sent events. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Frame.Started.class, name = Frame.STARTED),
    @JsonSubTypes.Type(value = Frame.Token.class, name = Frame.TOKEN),
    @JsonSubTypes.Type(value = Frame.ToolCall.class, name = Frame.TOOL_CALL),
    @JsonSubTypes.Type(value = Frame.ToolOutcome.class, name = Frame.TOOL_RESULT),
    @JsonSubTypes.Type(value = Frame.TaskAsked.class, name = Frame.TASK),
    @JsonSubTypes.Type(value = Frame.ApprovalRequired.class, name = Frame.APPROVAL_REQUIRED),
    @JsonSubTypes.Type(value = Frame.Done.class, name = Frame.DONE),
    @JsonSubTypes.Type(value = Frame.Wrong.class, name = Frame.ERROR)
})
sealed interface Frame {

    String STARTED = "started";
    String TOKEN = "token";
    String TOOL_CALL = "tool_call";
    String TOOL_RESULT = "tool_result";
    String TASK = "task";
    String APPROVAL_REQUIRED = "approval_required";
    String DONE = "done";
    String ERROR = "error";

    /** An engine took the turn up; with an attempt above 1, text that came since the last tool result is void. */
    @JsonNaming(SnakeCaseStrategy.class)
    record Started(UUID turnId, long seq, String sessionId, int attempt) implements Frame {}

    /** A piece of text. Pieces may be lost, {@link Done} has the whole. */
    @JsonNaming(SnakeCaseStrategy.class)
    record Token(UUID turnId, long seq, String text) implements Frame {}

    @JsonNaming(SnakeCaseStrategy.class)
    record ToolCall(UUID turnId, long seq, String callId, String tool, JsonNode arguments) implements Frame {}

    /**
     * @param status done or failed
     * @param reason why it failed
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ToolOutcome(
            UUID turnId,
            long seq,
            String callId,
            String tool,
            String status,
            String summary,
            @Nullable JsonNode result,
            @Nullable String reason)
            implements Frame {}

    @JsonNaming(SnakeCaseStrategy.class)
    record TaskAsked(UUID turnId, long seq, String callId, String tool, long taskId, String taskUrl) implements Frame {}

    @JsonNaming(SnakeCaseStrategy.class)
    record ApprovalRequired(UUID turnId, long seq, String callId, String tool, long taskId, JsonNode approval)
            implements Frame {}

    @JsonNaming(SnakeCaseStrategy.class)
    record Done(UUID turnId, long seq, String reply, Usage usage) implements Frame {}

    /**
     * @param turnId absent when it is about no turn
     * @param seq absent when it is not part of the conversation, but about what its receiver sent
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Wrong(@Nullable UUID turnId, @Nullable Long seq, String code, String message) implements Frame {}

    default String type() {
        return switch (this) {
            case Started _ -> STARTED;
            case Token _ -> TOKEN;
            case ToolCall _ -> TOOL_CALL;
            case ToolOutcome _ -> TOOL_RESULT;
            case TaskAsked _ -> TASK;
            case ApprovalRequired _ -> APPROVAL_REQUIRED;
            case Done _ -> DONE;
            case Wrong _ -> ERROR;
        };
    }

    /** Its place in the session; 0 when it has none. */
    default long place() {
        return switch (this) {
            case Started started -> started.seq;
            case Token token -> token.seq;
            case ToolCall call -> call.seq;
            case ToolOutcome outcome -> outcome.seq;
            case TaskAsked asked -> asked.seq;
            case ApprovalRequired required -> required.seq;
            case Done done -> done.seq;
            case Wrong wrong -> wrong.seq == null ? 0 : wrong.seq;
        };
    }

    default String json() {
        try {
            return Json.MAPPER.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Frames can be written", e);
        }
    }

    /** An interface can't hold it in private. */
    final class Json {
        private static final JsonMapper MAPPER = JsonMapper.builder().build();

        private Json() {}
    }
}
