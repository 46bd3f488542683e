package io.infraai.gateway.mcp;

import java.nio.charset.StandardCharsets;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.infraai.gateway.problem.ProblemException;
import io.infraai.gateway.request.StrictJson;

/**
 * One message from a client, as far as it must be sound before the protocol library reads it: some shapes that the library
 * doesn't expect would leave a request without any answer.
 *
 * @param id missing for a notification
 */
record RpcMessage(JsonNode id, String method, ObjectNode params) {

    private static final int LONGEST_ID = 256;
    private static final Set<String> SERVED =
            Set.of("initialize", "ping", "tools/list", "tools/call", "logging/setLevel");
    private static final Set<String> HEARD = Set.of("notifications/initialized", "notifications/cancelled");

    /**
     * @throws RpcFault when it is no message that can be served
     */
    static RpcMessage read(byte[] body) {
        var json = object(body);
        var id = id(json);
        if (!json.path("jsonrpc").asText().equals("2.0")) {
            throw unreadable("\"jsonrpc\" must be \"2.0\"");
        }
        if (json.has("result") || json.has("error")) {
            throw unreadable("This server asks clients nothing, so there is nothing to answer");
        }
        var method = json.path("method");
        if (!method.isTextual()) {
            throw unreadable("\"method\" must be a text");
        }
        var params = json.path("params");
        if (!params.isMissingNode() && !params.isObject()) {
            throw unreadable("\"params\" must be an object");
        }
        var message = new RpcMessage(
                id,
                method.textValue(),
                params instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode());
        message.requireServable();
        return message;
    }

    boolean isNotification() {
        return id.isMissingNode();
    }

    /** A notification that changes nothing here; to be accepted all the same. */
    boolean isIgnored() {
        return isNotification() && !HEARD.contains(method);
    }

    private static ObjectNode object(byte[] body) {
        try {
            return StrictJson.object(body);
        } catch (ProblemException e) {
            var text = new String(body, 0, Math.min(body.length, 64), StandardCharsets.UTF_8).strip();
            if (text.startsWith("[")) {
                throw unreadable("Send one message, not an array of them");
            }
            throw RpcFault.unreadable(RpcFault.PARSE_ERROR, e.problem().detail());
        }
    }

    private static JsonNode id(ObjectNode json) {
        var id = json.path("id");
        var sound = id.isMissingNode()
                || (id.isIntegralNumber() && id.canConvertToInt())
                || (id.isTextual() && id.textValue().length() <= LONGEST_ID);
        if (!sound) {
            throw unreadable("\"id\" must be a 32 bit integer or a text of up to " + LONGEST_ID + " characters");
        }
        return id;
    }

    private void requireServable() {
        if (isNotification()) {
            return;
        }
        if (!SERVED.contains(method)) {
            throw RpcFault.answer(RpcFault.METHOD_NOT_FOUND, id, "There is no such method here");
        }
        requireObject("_meta");
        switch (method) {
            case "initialize" -> {
                requireText(params.path("protocolVersion"), "protocolVersion");
                requireText(params.path("clientInfo").path("name"), "clientInfo.name");
                requireText(params.path("clientInfo").path("version"), "clientInfo.version");
                requireObject("capabilities");
                require(!params.path("clientInfo").has("icons") || soundIcons(), "\"clientInfo.icons\" can't be read");
            }
            case "tools/list" ->
                require(
                        params.path("cursor").isMissingNode()
                                || params.path("cursor").isTextual(),
                        "\"cursor\" must be a text");
            case "tools/call" -> {
                requireText(params.path("name"), "name");
                requireObject("arguments");
                params.path("arguments")
                        .properties()
                        .forEach(argument -> require(
                                !argument.getValue().isNull(), "The argument \"" + argument.getKey() + "\" is null"));
            }
            case "logging/setLevel" -> requireText(params.path("level"), "level");
            default -> {}
        }
    }

    private boolean soundIcons() {
        var icons = params.path("clientInfo").path("icons");
        for (var icon : icons) {
            if (!icon.path("src").isTextual() || icon.size() != 1) {
                return false;
            }
        }
        return icons.isArray();
    }

    private void requireText(JsonNode node, String name) {
        require(node.isTextual() && !node.textValue().isBlank(), "\"" + name + "\" must be a text");
    }

    private void requireObject(String name) {
        var node = params.path(name);
        require(node instanceof MissingNode || node.isObject(), "\"" + name + "\" must be an object");
    }

    private void require(boolean sound, String otherwise) {
        if (!sound) {
            throw RpcFault.answer(RpcFault.INVALID_PARAMS, id, otherwise);
        }
    }

    private static RpcFault unreadable(String message) {
        return RpcFault.unreadable(RpcFault.INVALID_REQUEST, message);
    }
}
