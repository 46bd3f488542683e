package io.infraai.gateway.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;

import io.infraai.gateway.problem.Problem;
import io.infraai.gateway.problem.Problem.Fault;
import io.infraai.gateway.request.StrictJson;

/**
 * A message as it is posted.
 *
 * @param sessionId the conversation that it belongs to; a new one without
 */
record ChatRequest(Optional<String> sessionId, String message) {

    /** Some pages of text; a log belongs into a tool's result. */
    static final int MOST_CHARACTERS = 8_000;

    static final String MESSAGE = "must be a text of 1 to " + MOST_CHARACTERS + " characters";

    private static final List<String> FIELDS = List.of("session_id", "message");
    private static final Pattern SESSION = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    static ChatRequest of(byte[] json) {
        var body = StrictJson.object(json);
        var faults = new ArrayList<Fault>();
        body.fieldNames().forEachRemaining(field -> {
            if (!FIELDS.contains(field)) {
                faults.add(new Fault("/" + field, "there is no such field"));
            }
        });
        var session = body.path("session_id");
        if (!session.isMissingNode() && !(session.isTextual() && isSession(session.textValue()))) {
            faults.add(new Fault("/session_id", "must have 1 to 64 of the characters A-Z a-z 0-9 _ -"));
        }
        if (!isMessage(body.path("message"))) {
            faults.add(new Fault("/message", MESSAGE));
        }
        if (!faults.isEmpty()) {
            throw Problem.invalid(faults).asException();
        }
        return new ChatRequest(
                Optional.ofNullable(session.textValue()),
                body.path("message").textValue().strip());
    }

    static boolean isSession(String text) {
        return SESSION.matcher(text).matches();
    }

    /** Blanks around it don't count. */
    static boolean isMessage(JsonNode message) {
        if (!message.isTextual()) {
            return false;
        }
        var length = message.textValue().strip().length();
        return length > 0 && length <= MOST_CHARACTERS;
    }
}
