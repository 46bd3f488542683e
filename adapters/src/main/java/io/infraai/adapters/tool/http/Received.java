package io.infraai.adapters.tool.http;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.vertx.core.buffer.Buffer;

import io.infraai.adapters.tool.http.Answer.Given;
import io.infraai.adapters.tool.http.Answer.Missing;
import io.infraai.contracts.tool.FailureReason;
import io.infraai.contracts.tool.ToolResult.Failed;

/** An HTTP answer off the wire: the one place where statuses become {@link FailureReason}s. */
record Received(int status, String contentType, Optional<String> retryAfter, Buffer body) {

    private static final int LONGEST_SENTENCE = 500;

    Answer read(Request request, String from, Credentials credentials, ObjectMapper json) {
        var content = content(json);
        if (status >= 200 && status < 300) {
            return content.<Answer>map(Given::new)
                    .orElseGet(() -> missing(
                            FailureReason.TIMED_OUT,
                            from + " answered " + status + " with " + what()
                                    + " instead of JSON: is that the right URL?",
                            MissingNode.getInstance()));
        }
        var said = content.map(Received::sentence).filter(sentence -> !sentence.isEmpty());
        var message = from + " answered " + status
                + said.map(sentence -> ": " + credentials.withoutSecrets(sentence))
                        .orElseGet(() -> " with " + what())
                + (status < 400 ? "; redirects aren't followed" : "")
                + retryAfter.map(" (retry after %s)"::formatted).orElse("");
        return missing(reason(request, content.isPresent()), message, content.orElseGet(MissingNode::getInstance));
    }

    private FailureReason reason(Request request, boolean understood) {
        return switch (status) {
            case 401, 403 -> FailureReason.NOT_PERMITTED;
            // a page says that the API isn't there; the API itself says what isn't in JSON or without a word
            case 404, 410 -> understood ? FailureReason.TARGET_NOT_FOUND : FailureReason.UNREACHABLE;
            case 409, 412 -> FailureReason.TARGET_CHANGED;
            case 429 -> FailureReason.REFUSED_FOR_NOW;
            // a proxy says so too, after it passed the request on
            case 503 -> request.changes() ? FailureReason.TIMED_OUT : FailureReason.REFUSED_FOR_NOW;
            default -> {
                if (status >= 500) {
                    yield FailureReason.TIMED_OUT;
                }
                yield status >= 400 ? FailureReason.INVALID_PARAMETERS : FailureReason.UNREACHABLE;
            }
        };
    }

    /** Empty when it isn't JSON; no content at all is JSON that is missing. */
    private Optional<JsonNode> content(ObjectMapper json) {
        if (body.length() == 0) {
            return Optional.of(MissingNode.getInstance());
        }
        try {
            return Optional.of(json.readTree(body.getBytes()));
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private String what() {
        var type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return body.length() == 0 ? "nothing" : type.matches("[a-z0-9.+/-]{1,60}") ? type : "something";
    }

    private static String sentence(JsonNode content) {
        var said = content.isTextual()
                ? content
                : content.path("error").isTextual() ? content.path("error") : content.path("message");
        var text = said.asText("").replaceAll("\\p{Cntrl}+", " ").strip();
        return text.length() <= LONGEST_SENTENCE ? text : text.substring(0, LONGEST_SENTENCE) + "…";
    }

    private static Missing missing(FailureReason reason, String message, JsonNode body) {
        return new Missing(new Failed(reason, message), body);
    }
}
