package io.infraai.simulators.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** A request that is answered with {@code kind: Status, status: Failure}. */
final class ApiFailure extends RuntimeException {

    private final int code;
    private final transient ObjectNode status;

    private ApiFailure(int code, String reason, String message, ObjectNode details) {
        super(message, null, false, false);
        this.code = code;
        this.status = Json.object();
        status.put("kind", "Status").put("apiVersion", "v1");
        status.putObject("metadata");
        status.put("status", "Failure").put("message", message).put("reason", reason);
        status.set("details", details);
        status.put("code", code);
    }

    int code() {
        return code;
    }

    ObjectNode status() {
        return status;
    }

    static ApiFailure notFound(ObjectKey key) {
        return new ApiFailure(
                404,
                "NotFound",
                "%s \"%s\" not found".formatted(key.kind().qualified(), key.name()),
                details(key, key.kind().plural()));
    }

    static ApiFailure noSuchPath() {
        return new ApiFailure(404, "NotFound", "the server could not find the requested resource", Json.object());
    }

    static ApiFailure unauthorized() {
        return new ApiFailure(401, "Unauthorized", "Unauthorized", Json.object());
    }

    static ApiFailure badRequest(String message) {
        return new ApiFailure(400, "BadRequest", message, Json.object());
    }

    static ApiFailure methodNotAllowed() {
        return new ApiFailure(
                405,
                "MethodNotAllowed",
                "the server does not allow this method on the requested resource",
                Json.object());
    }

    static ApiFailure unsupportedMediaType(String accepted) {
        return new ApiFailure(
                415,
                "UnsupportedMediaType",
                "the body of the request was in an unknown format - accepted media types include: " + accepted,
                Json.object());
    }

    static ApiFailure expired(String message) {
        return new ApiFailure(410, "Expired", message, Json.object());
    }

    static ApiFailure alreadyExists(ObjectKey key) {
        return new ApiFailure(
                409,
                "AlreadyExists",
                "%s \"%s\" already exists".formatted(key.kind().qualified(), key.name()),
                details(key, key.kind().plural()));
    }

    static ApiFailure modified(ObjectKey key) {
        return conflict(
                key,
                key.kind().qualified(),
                key.kind().plural(),
                "the object has been modified; please apply your changes to the latest version and try again");
    }

    static ApiFailure preconditionFailed(ObjectKey key, String why) {
        return conflict(key, key.kind().kind(), key.kind().kind(), why);
    }

    private static ApiFailure conflict(ObjectKey key, String named, String kind, String why) {
        return new ApiFailure(
                409,
                "Conflict",
                "Operation cannot be fulfilled on %s \"%s\": %s".formatted(named, key.name(), why),
                details(key, kind));
    }

    static ApiFailure invalid(ObjectKey key, String reason, String field, String message) {
        return invalid(key.name(), key.kind().group(), key.kind().kind(), reason, field, message);
    }

    static ApiFailure invalidScale(String name, String field, String message) {
        return invalid(name, "autoscaling", "Scale", "FieldValueInvalid", field, message);
    }

    private static ApiFailure invalid(
            String name, String group, String kind, String reason, String field, String message) {
        var details = Json.object().put("name", name);
        if (!group.isEmpty()) {
            details.put("group", group);
        }
        details.put("kind", kind);
        details.putArray("causes")
                .addObject()
                .put("reason", reason)
                .put("message", message)
                .put("field", field);
        var qualified = group.isEmpty() ? kind : kind + "." + group;
        return new ApiFailure(
                422, "Invalid", "%s \"%s\" is invalid: %s: %s".formatted(qualified, name, field, message), details);
    }

    /** What a JSON patch gets whose {@code test} doesn't hold. */
    static ApiFailure patchRefused() {
        return new ApiFailure(
                422, "Invalid", "the server rejected our request due to an error in our request", Json.object());
    }

    static ApiFailure disruptionBudget(String cause) {
        var details = Json.object();
        details.putArray("causes").addObject().put("reason", "DisruptionBudget").put("message", cause);
        return new ApiFailure(
                429, "TooManyRequests", "Cannot evict pod as it would violate the pod's disruption budget.", details);
    }

    static ApiFailure forbidden(ApiRequest request, String user) {
        var target = request.target();
        var resource = target.subresource().isEmpty()
                ? target.kind().plural()
                : target.kind().plural() + "/" + target.subresource();
        var named = target.name().isEmpty()
                ? target.kind().qualified()
                : "%s \"%s\"".formatted(target.kind().qualified(), target.name());
        var scope = target.namespace().isEmpty()
                ? "at the cluster scope"
                : "in the namespace \"%s\"".formatted(target.namespace());
        var message = "%s is forbidden: User \"%s\" cannot %s resource \"%s\" in API group \"%s\" %s"
                .formatted(named, user, request.verb(), resource, target.kind().group(), scope);
        return new ApiFailure(
                403, "Forbidden", message, details(target.key(), target.kind().plural()));
    }

    /** A failure of the server itself, as a fault makes it. */
    static ApiFailure ofServer(int code) {
        var reason = switch (code) {
            case 429 -> "TooManyRequests";
            case 503 -> "ServiceUnavailable";
            case 504 -> "Timeout";
            default -> "InternalError";
        };
        var message = switch (code) {
            case 429 -> "the server has received too many requests and has asked us to try again later";
            case 503 -> "the server is currently unable to handle the request";
            default -> "Internal error occurred: the simulated cluster was told to fail";
        };
        return new ApiFailure(code, reason, message, Json.object());
    }

    private static ObjectNode details(ObjectKey key, String kind) {
        var details = Json.object();
        if (!key.name().isEmpty()) {
            details.put("name", key.name());
        }
        if (!key.kind().group().isEmpty()) {
            details.put("group", key.kind().group());
        }
        return details.put("kind", kind);
    }
}
