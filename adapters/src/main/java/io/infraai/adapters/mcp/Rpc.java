package io.infraai.adapters.mcp;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.infraai.contracts.tool.FailureReason;

/** JSON-RPC as far as a client needs it. */
final class Rpc {

    /** Most that is read of one answer, in bytes. */
    static final int MOST_READ = 16 * 1024 * 1024;

    static final String VERSION = "2025-11-25";

    private static final int METHOD_NOT_FOUND = -32601;
    private static final int INVALID_PARAMS = -32602;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(64).build())
                    .build())
            .build();

    private Rpc() {}

    static ObjectNode request(long id, String method, ObjectNode params) {
        var message = notification(method).put("id", id);
        message.set("params", params);
        return message;
    }

    static ObjectNode notification(String method) {
        return JsonNodeFactory.instance.objectNode().put("jsonrpc", "2.0").put("method", method);
    }

    static ObjectNode initialize() {
        var params = JsonNodeFactory.instance.objectNode().put("protocolVersion", VERSION);
        // no capabilities: nothing may be asked of us
        params.putObject("capabilities");
        params.putObject("clientInfo").put("name", "infraai").put("version", "1");
        return params;
    }

    /** The answer to a server that wants something of us. */
    static ObjectNode refusal(JsonNode id) {
        var message = JsonNodeFactory.instance.objectNode().put("jsonrpc", "2.0");
        message.set("id", id);
        message.putObject("error").put("code", METHOD_NOT_FOUND).put("message", "This client does nothing for servers");
        return message;
    }

    /** Missing when it is no JSON. */
    static JsonNode read(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException _) {
            return MissingNode.getInstance();
        }
    }

    static boolean asksUs(JsonNode message) {
        return message.has("method") && message.has("id");
    }

    static boolean answers(JsonNode message, long id) {
        return message.path("id").isIntegralNumber()
                && message.path("id").longValue() == id
                && (message.has("result") || message.has("error"));
    }

    /** Of a message that answers. */
    static Reply reply(JsonNode message) {
        if (message.has("result")) {
            return new Reply.Result(message.get("result"));
        }
        var error = message.path("error");
        var text = "The server says: " + ResultText.cut(error.path("message").asText("no reason given"), 1_000);
        return new Reply.Failure(
                switch (error.path("code").asInt()) {
                    case METHOD_NOT_FOUND, INVALID_PARAMS -> FailureReason.INVALID_PARAMETERS;
                    default -> FailureReason.TIMED_OUT;
                },
                text);
    }
}
