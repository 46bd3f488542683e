package io.infraai.engine.model;

import java.time.Duration;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What is said of models that didn't answer. Every sentence is a predicate, to follow the name of the model. What a
 * provider says is cut and quoted: it is somebody else's text.
 */
final class Complaint {

    private static final int LONGEST = 300;

    private Complaint() {}

    /** For an HTTP status that is no success. */
    static CannotAnswer status(int status, String said, Optional<Duration> retryAfter, String prefix) {
        var answered = "answered " + status + quoted(said);
        return switch (status) {
            case 401, 403 ->
                // what it says may repeat the key
                new CannotAnswer(
                        ModelFailure.NOT_PERMITTED,
                        "doesn't accept who we are (" + status + "): check " + prefix
                                + ".key-file and what it may use");
            case 404 ->
                new CannotAnswer(
                        ModelFailure.NOT_CONFIGURED,
                        answered + "; check " + prefix + ".model and " + prefix + ".base-url");
            case 429, 529 ->
                CannotAnswer.forNow(
                        ModelFailure.HELD_BACK,
                        "wants fewer requests (" + status + ")"
                                + retryAfter
                                        .map(after -> ", again in " + after.toSeconds() + " s")
                                        .orElse("")
                                + ": try again later, or raise the provider's limits",
                        retryAfter);
            case 500, 502, 503, 504 ->
                CannotAnswer.forNow(ModelFailure.PROVIDER_ERROR, answered + ": try again later", retryAfter);
            default -> {
                if (status < 400) {
                    yield new CannotAnswer(
                            ModelFailure.NOT_CONFIGURED,
                            "answered " + status + " and redirects aren't followed: check " + prefix + ".base-url");
                }
                yield new CannotAnswer(
                        status < 500 ? ModelFailure.INVALID_REQUEST : ModelFailure.PROVIDER_ERROR, answered);
            }
        };
    }

    /** For an error in the middle of an answer. */
    static CannotAnswer during(JsonNode error) {
        var said = quoted(
                error.isTextual() ? error.textValue() : error.path("message").asText(""));
        return error.path("type").asText("").equals("overloaded_error")
                ? CannotAnswer.forNow(
                        ModelFailure.HELD_BACK, "is overloaded" + said + ": try again later", Optional.empty())
                : CannotAnswer.forNow(ModelFailure.PROVIDER_ERROR, "failed while it answered" + said, Optional.empty());
    }

    static CannotAnswer refused(String said) {
        return new CannotAnswer(ModelFailure.REFUSED, "refuses to answer this" + quoted(said) + "; ask otherwise");
    }

    static CannotAnswer filtered() {
        return new CannotAnswer(ModelFailure.REFUSED, "was stopped by its provider's content filter; ask otherwise");
    }

    static CannotAnswer empty() {
        return new CannotAnswer(ModelFailure.UNUSABLE_ANSWER, "answered with nothing; ask again");
    }

    static CannotAnswer cut(boolean beforeAnything) {
        return beforeAnything
                ? CannotAnswer.forNow(
                        ModelFailure.UNUSABLE_ANSWER, "ended its answer before it began; ask again", Optional.empty())
                : new CannotAnswer(ModelFailure.UNUSABLE_ANSWER, "stopped in the middle of its answer; ask again");
    }

    static CannotAnswer garbled(String prefix) {
        return new CannotAnswer(
                ModelFailure.UNUSABLE_ANSWER,
                "sent what is no answer of its protocol; check " + prefix + ".provider and " + prefix + ".base-url");
    }

    private static String quoted(String said) {
        var line = said.replaceAll("[\\p{Cntrl}\\p{Cf}\\s]+", " ").strip();
        if (line.isEmpty()) {
            return "";
        }
        return " (\"" + (line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…") + "\")";
    }
}
