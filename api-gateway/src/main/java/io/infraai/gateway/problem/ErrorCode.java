package io.infraai.gateway.problem;

import java.util.Locale;

/** What can be wrong, as clients may switch on it: codes are never renamed. */
public enum ErrorCode {
    MALFORMED_REQUEST(400, "The request is malformed"),
    MALFORMED_JSON(400, "The body is no acceptable JSON"),
    NOT_A_WEBHOOK(400, "The body is no alert webhook"),
    INVALID_PARAMETER(400, "A query parameter can't be used"),
    UNAUTHENTICATED(401, "Authentication is needed"),
    FORBIDDEN(403, "This key may not do that"),
    OWN_REQUEST(403, "Somebody else must decide about it"),
    NOT_FOUND(404, "There is no such thing"),
    METHOD_NOT_ALLOWED(405, "The method is not allowed here"),
    NOT_ACCEPTABLE(406, "None of the accepted media types can be given"),
    REQUEST_TIMEOUT(408, "The request took too long to arrive"),
    NOT_ALLOWED_NOW(409, "That is not possible in the present state"),
    TURN_IN_PROGRESS(409, "The session's last message is still worked on"),
    TURN_CANCELLED(409, "The turn was cancelled"),
    APPROVAL_EXPIRED(410, "Nobody decided about it in time"),
    REVISION_CONFLICT(412, "It was changed by somebody else"),
    TOO_LARGE(413, "The body is too large"),
    URI_TOO_LONG(414, "The address is too long"),
    UNSUPPORTED_MEDIA_TYPE(415, "The body's media type is not supported"),
    INVALID(422, "The request is understood and can't be carried out"),
    BUDGET_EXHAUSTED(422, "The answer would have taken more than a turn may use"),
    IDEMPOTENCY_KEY_REUSED(422, "The idempotency key was used for another request"),
    TOO_MANY_FAILED_LOGINS(429, "Too many failed logins from this address"),
    RATE_LIMITED(429, "Too many requests of this user"),
    TOO_MANY_STREAMS(429, "Too many open connections of this user"),
    QUOTA_EXHAUSTED(429, "The user's share for today is used up"),
    HEADERS_TOO_LARGE(431, "The headers are too large"),
    INTERNAL(500, "Something went wrong on our side"),
    NOT_IMPLEMENTED(501, "That is not implemented"),
    TOOL_FAILED(502, "The tool could not do it"),
    MODEL_CONFUSED(502, "The model's answer could not be used"),
    MODEL_UNAVAILABLE(503, "No language model answers"),
    TURN_ABANDONED(503, "The turn could not be finished"),
    UNAVAILABLE(503, "Not available for now, try again"),
    TOOL_TIMED_OUT(504, "The tool gave no answer in time"),
    VERSION_NOT_SUPPORTED(505, "This version of HTTP is not supported");

    private final int status;
    private final String title;

    ErrorCode(int status, String title) {
        this.status = status;
        this.title = title;
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The general code for a status that something below us chose. */
    public static ErrorCode ofStatus(int status) {
        return switch (status) {
            case 401 -> UNAUTHENTICATED;
            case 403 -> FORBIDDEN;
            case 404 -> NOT_FOUND;
            case 405 -> METHOD_NOT_ALLOWED;
            case 406 -> NOT_ACCEPTABLE;
            case 408 -> REQUEST_TIMEOUT;
            case 409 -> NOT_ALLOWED_NOW;
            case 412 -> REVISION_CONFLICT;
            case 413 -> TOO_LARGE;
            case 414 -> URI_TOO_LONG;
            case 415 -> UNSUPPORTED_MEDIA_TYPE;
            case 422 -> INVALID;
            case 431 -> HEADERS_TOO_LARGE;
            case 501 -> NOT_IMPLEMENTED;
            case 503 -> UNAVAILABLE;
            case 505 -> VERSION_NOT_SUPPORTED;
            default -> status >= 400 && status < 500 ? MALFORMED_REQUEST : INTERNAL;
        };
    }
}
