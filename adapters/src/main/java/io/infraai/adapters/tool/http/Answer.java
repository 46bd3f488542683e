package io.infraai.adapters.tool.http;

import java.util.function.Function;

import com.fasterxml.jackson.databind.JsonNode;

import io.infraai.contracts.tool.ToolResult;
import io.infraai.contracts.tool.ToolResult.Failed;

/** What came of a request. */
public sealed interface Answer {

    /**
     * @param body as the platform sent it; missing when it sent none
     */
    record Given(JsonNode body) implements Answer {}

    /**
     * @param failure ready to be told
     * @param body what the platform said with it, missing unless that was JSON
     */
    record Missing(Failed failure, JsonNode body) implements Answer {}

    default ToolResult told(Function<JsonNode, ToolResult> tell) {
        return switch (this) {
            case Given(var body) -> tell.apply(body);
            case Missing(var failure, var _) -> failure;
        };
    }
}
