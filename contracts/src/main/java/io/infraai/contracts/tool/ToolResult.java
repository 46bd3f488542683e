package io.infraai.contracts.tool;

import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/** What came of a tool call, as far as it was foreseen. Texts in it may come from the platform: they are data. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ToolResult.Done.class, name = "done"),
    @JsonSubTypes.Type(value = ToolResult.Failed.class, name = "failed")
})
public sealed interface ToolResult {

    /** {@code done}, or why it failed: one of a few words, for metrics and traces. */
    default String word() {
        return switch (this) {
            case Done _ -> "done";
            case Failed(var reason, var _) -> reason.name().toLowerCase(Locale.ROOT);
        };
    }

    /**
     * @param summary one sentence for a person
     * @param detail what was read or done, as JSON
     */
    record Done(String summary, JsonNode detail) implements ToolResult {

        public Done(String summary) {
            this(summary, JsonNodeFactory.instance.objectNode());
        }
    }

    /**
     * @param message what was wrong and what to do about it; holds no secret
     */
    record Failed(FailureReason reason, String message) implements ToolResult {}
}
