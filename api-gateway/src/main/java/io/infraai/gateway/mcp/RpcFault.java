package io.infraai.gateway.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Ends a message that is refused before the protocol library sees it, with a JSON-RPC error. */
final class RpcFault extends RuntimeException {

    static final int PARSE_ERROR = -32700;
    static final int INVALID_REQUEST = -32600;
    static final int METHOD_NOT_FOUND = -32601;
    static final int INVALID_PARAMS = -32602;
    static final int HEADER_MISMATCH = -32020;
    static final int UNSUPPORTED_VERSION = -32022;

    private static final long serialVersionUID = 1;

    private final int status;
    private final int code;
    private final transient JsonNode id;
    private final transient ObjectNode data;

    private RpcFault(int status, int code, JsonNode id, ObjectNode data, String message) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.id = id;
        this.data = data;
    }

    /** Of a message that can't be read as one. */
    static RpcFault unreadable(int code, String message) {
        return new RpcFault(400, code, JsonNodeFactory.instance.nullNode(), empty(), message);
    }

    /** Of a request whose transport is wrong: 400. */
    static RpcFault transport(int code, JsonNode id, ObjectNode data, String message) {
        return new RpcFault(400, code, id, data, message);
    }

    /** Of a request that is one and can't be served; travels with 200, since 404 would tell a client that its session is gone. */
    static RpcFault answer(int code, JsonNode id, String message) {
        return new RpcFault(200, code, id, empty(), message);
    }

    static ObjectNode empty() {
        return JsonNodeFactory.instance.objectNode();
    }

    int status() {
        return status;
    }

    String json() {
        var body = JsonNodeFactory.instance.objectNode().put("jsonrpc", "2.0");
        body.set("id", id);
        var error = body.putObject("error").put("code", code).put("message", getMessage());
        if (!data.isEmpty()) {
            error.set("data", data);
        }
        return body.toString();
    }
}
