package io.infraai.simulators.kubernetes;

import java.util.List;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** A request for a resource, taken apart. The verb is the one that access rules name. */
record ApiRequest(String verb, Target target, MultiMap parameters, String contentType, Body body) {

    /** What was sent, not yet read. */
    record Body(Buffer sent) {

        static final Body NONE = new Body(Buffer.buffer());

        /** An empty object when nothing was sent. */
        JsonNode json() {
            if (sent.length() == 0) {
                return Json.object();
            }
            try {
                return Json.parse(sent.getBytes());
            } catch (JsonProcessingException malformed) {
                throw ApiFailure.badRequest(
                        "couldn't get version/kind; json parse error: " + malformed.getOriginalMessage());
            }
        }

        ObjectNode object() {
            if (json() instanceof ObjectNode object) {
                return object;
            }
            throw ApiFailure.badRequest("the body of the request is no JSON object");
        }
    }

    static String verb(String method, MultiMap parameters, boolean named) {
        return switch (method) {
            case "GET", "HEAD" -> {
                if (on(parameters.get("watch"))) {
                    yield "watch";
                }
                yield named ? "get" : "list";
            }
            case "POST" -> "create";
            case "PUT" -> "update";
            case "PATCH" -> "patch";
            case "DELETE" -> named ? "delete" : "deletecollection";
            default -> "unknown";
        };
    }

    String parameter(String name) {
        var value = parameters.get(name);
        return value == null ? "" : value;
    }

    Selector labelSelector() {
        return Selector.parse(parameter("labelSelector"));
    }

    FieldSelector fieldSelector() {
        return FieldSelector.parse(target.kind(), parameter("fieldSelector"));
    }

    /** Whether the parameters or the delete options in the body ask to change nothing. */
    boolean dryRun(JsonNode options) {
        var asked = List.copyOf(parameters.getAll("dryRun"));
        if (asked.stream().anyMatch(value -> !value.equals("All"))) {
            throw ApiFailure.badRequest("Invalid value: " + asked + ": dryRun must be All");
        }
        return !asked.isEmpty() || !options.path("dryRun").isEmpty();
    }

    JsonNode json() {
        return body.json();
    }

    ObjectNode object() {
        return body.object();
    }

    private static boolean on(@Nullable String flag) {
        return "true".equals(flag) || "1".equals(flag);
    }
}
