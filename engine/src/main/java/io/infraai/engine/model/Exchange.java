package io.infraai.engine.model;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import javax.net.ssl.SSLException;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import org.jspecify.annotations.Nullable;

import io.infraai.contracts.identity.Secret;

/** One request on its way and its answer's head. */
final class Exchange {

    /** As much as is looked at of an error's body, and let go by after the end of an answer. */
    private static final int MOST_ASIDE = 16 * 1024;

    private final Answer answer;
    private final Optional<Secret> key;
    private final String prefix;
    private final ObjectMapper json;
    private final Clock clock;
    private int drained;
    private @Nullable HttpClientRequest open;
    private boolean over;

    Exchange(Answer answer, Optional<Secret> key, String prefix, ObjectMapper json, Clock clock) {
        this.answer = answer;
        this.key = key;
        this.prefix = prefix;
        this.json = json;
        this.clock = clock;
    }

    /**
     * Sends it, unless its time ran out while it waited for a connection.
     *
     * @param body not kept: it holds a whole conversation, and an answer takes a while to be written
     */
    synchronized void begin(HttpClientRequest opened, Buffer body) {
        if (over) {
            opened.reset();
            return;
        }
        open = opened;
        // or our own resets are logged as errors
        opened.exceptionHandler(_ -> {});
        opened.response().onFailure(_ -> cut()).onSuccess(this::read);
        opened.end(body);
    }

    /** What was read to its last event is left to end by itself, so that the connection serves the next request. */
    synchronized void giveUp() {
        over = true;
        if (!answer.isWhole()) {
            reset();
        }
    }

    private synchronized void reset() {
        if (open != null) {
            open.reset();
            open = null;
        }
    }

    void unreachable(Throwable failure) {
        answer.fail(
                switch (failure) {
                    case ConnectionPoolTooBusyException _ ->
                        new CannotAnswer(
                                ModelFailure.HELD_BACK,
                                "has too many requests waiting; try again, or raise " + prefix + ".concurrency");
                    case SSLException _ ->
                        new CannotAnswer(
                                ModelFailure.UNREACHABLE,
                                "and we agree on no TLS; check " + prefix + ".base-url and its certificate");
                    case UnknownHostException _ ->
                        new CannotAnswer(
                                ModelFailure.UNREACHABLE, "has a host that isn't known; check " + prefix + ".base-url");
                    case ConnectException _ ->
                        CannotAnswer.forNow(
                                ModelFailure.UNREACHABLE,
                                "can't be reached; is it running, and is " + prefix + ".base-url right?",
                                Optional.empty());
                    default ->
                        CannotAnswer.forNow(
                                ModelFailure.UNREACHABLE,
                                "can't be reached (" + failure.getClass().getSimpleName() + ")",
                                Optional.empty());
                });
    }

    private void cut() {
        answer.fail(CannotAnswer.forNow(
                ModelFailure.UNREACHABLE, "cut the connection without an answer; ask again", Optional.empty()));
    }

    private void read(HttpClientResponse response) {
        var type = Optional.ofNullable(response.getHeader("Content-Type")).orElse("");
        response.exceptionHandler(_ -> answer.end());
        if (response.statusCode() != 200) {
            complain(response);
        } else if (!type.startsWith("text/event-stream")) {
            answer.fail(new CannotAnswer(
                    ModelFailure.UNUSABLE_ANSWER,
                    "doesn't stream its answer but sends another kind of page; is " + prefix + ".base-url right?"));
        } else {
            response.handler(this::take);
            response.endHandler(_ -> finish(answer::end));
        }
    }

    private void take(Buffer chunk) {
        if (answer.isWhole()) {
            drained += chunk.length();
            if (drained > MOST_ASIDE) {
                reset();
            }
        } else {
            answer.take(chunk.getBytes());
        }
    }

    private void complain(HttpClientResponse response) {
        var body = Buffer.buffer();
        Runnable told =
                () -> answer.fail(Complaint.status(response.statusCode(), said(body), retryAfter(response), prefix));
        response.exceptionHandler(_ -> told.run());
        response.handler(chunk -> {
            body.appendBuffer(chunk);
            if (body.length() > MOST_ASIDE) {
                told.run();
            }
        });
        response.endHandler(_ -> finish(told));
    }

    private void finish(Runnable last) {
        synchronized (this) {
            open = null;
        }
        last.run();
    }

    /** The provider's own sentence, where it is one in JSON: whole pages aren't shown to anybody. */
    private String said(Buffer body) {
        try {
            var root = json.readTree(body.getBytes());
            var error = root.path("error");
            var said = error.isTextual()
                    ? error.textValue()
                    : error.path("message").asText(root.path("message").asText(""));
            return key.map(key -> said.replace(key.reveal(), key.toString())).orElse(said);
        } catch (IOException _) {
            return "";
        }
    }

    /** In seconds or as a date; neither is trusted beyond a day. */
    private Optional<Duration> retryAfter(HttpClientResponse response) {
        var said = Optional.ofNullable(response.getHeader("Retry-After"))
                .map(String::strip)
                .orElse("");
        try {
            if (said.matches("\\d{1,5}")) {
                return Optional.of(Duration.ofSeconds(Integer.parseInt(said)));
            }
            var at = ZonedDateTime.parse(said, DateTimeFormatter.RFC_1123_DATE_TIME);
            var wait = Duration.between(clock.instant(), at.toInstant());
            return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }
}
