package io.infraai.adapters.mcp;

import com.fasterxml.jackson.databind.JsonNode;

import io.infraai.contracts.tool.FailureReason;

/** What came of a request to a server. */
sealed interface Reply {

    record Result(JsonNode value) implements Reply {}

    /**
     * @param reason says by {@link FailureReason#mayHaveHappened()} whether the server may have acted on the request
     */
    record Failure(FailureReason reason, String message) implements Reply {}
}
