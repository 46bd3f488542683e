package io.infraai.gateway.problem;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * An error as its receiver sees it (RFC 9457).
 *
 * @param detail what is wrong with this request and what to do about it; holds no secret and no name of ours
 * @param errors what is wrong where in the body
 * @param headers sent along
 * @param members further ones of the body
 */
public record Problem(
        ErrorCode code, String detail, List<Fault> errors, Map<String, String> headers, Map<String, String> members) {

    public static final String MEDIA_TYPE = "application/problem+json";

    public Problem {
        errors = List.copyOf(errors);
        headers = Map.copyOf(headers);
        members = Map.copyOf(members);
    }

    /**
     * @param path JSON pointer into the body, such as {@code /condition/labels}
     */
    public record Fault(String path, String message) {}

    public static Problem of(ErrorCode code, String detail) {
        return new Problem(code, detail, List.of(), Map.of(), Map.of());
    }

    public static Problem invalid(List<Fault> errors) {
        var first = errors.getFirst();
        return new Problem(ErrorCode.INVALID, first.path() + ": " + first.message(), errors, Map.of(), Map.of());
    }

    public Problem withHeader(String name, String value) {
        return new Problem(code, detail, errors, Map.of(name, value), members);
    }

    public Problem withMember(String name, String value) {
        return new Problem(code, detail, errors, headers, Map.of(name, value));
    }

    /** Says when to come again, too. */
    public static Problem unavailable(String detail) {
        return new Problem(ErrorCode.UNAVAILABLE, detail, List.of(), Map.of("Retry-After", "2"), Map.of());
    }

    public ProblemException asException() {
        return new ProblemException(this);
    }

    /**
     * The body to send.
     *
     * @param instance path of the request
     */
    public String json(String instance, String requestId) {
        var body = JsonNodeFactory.instance
                .objectNode()
                .put("type", "urn:infraai:problem:" + code.wire())
                .put("title", code.title())
                .put("status", code.status())
                .put("detail", detail)
                .put("instance", instance)
                .put("code", code.wire())
                .put("request_id", requestId);
        members.forEach(body::put);
        if (!errors.isEmpty()) {
            var list = body.putArray("errors");
            errors.forEach(error -> list.add(json(error)));
        }
        return body.toString();
    }

    private static ObjectNode json(Fault fault) {
        return JsonNodeFactory.instance.objectNode().put("path", fault.path()).put("message", fault.message());
    }
}
