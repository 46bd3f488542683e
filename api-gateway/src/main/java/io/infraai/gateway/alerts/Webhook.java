package io.infraai.gateway.alerts;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import org.jspecify.annotations.Nullable;

import io.infraai.gateway.problem.ErrorCode;
import io.infraai.gateway.problem.ProblemException;
import io.infraai.gateway.request.StrictJson;
import io.infraai.gateway.request.Utf8;

/**
 * A body that is known to be a webhook: one well-formed JSON document with an array of alerts. The alerts themselves are read
 * later and a few at a time, so that a body of 32 MiB never stands in memory as objects.
 */
final class Webhook {

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(StrictJson.DEPTH)
                    .maxNumberLength(1_000)
                    // bounded by the body: a long text spoils its own alert only
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    enum Shape {
        /** An Alertmanager's or Grafana's message around the alerts. */
        MESSAGE,
        /** A bare array, as Prometheus and vmalert post it. */
        ARRAY,
        /** Made up by a person for a simulation. */
        EXAMPLE
    }

    private final byte[] body;
    private final int alertsAt;
    private final Shape shape;
    private final @Nullable String status;
    private final int count;
    private final long truncated;

    private Webhook(byte[] body, int alertsAt, Shape shape, @Nullable String status, int count, long truncated) {
        this.body = body;
        this.alertsAt = alertsAt;
        this.shape = shape;
        this.status = status;
        this.count = count;
        this.truncated = truncated;
    }

    /** Reads the alerts from the opening bracket on. */
    JsonParser alerts() throws IOException {
        return JSON.createParser(body, alertsAt, body.length - alertsAt);
    }

    /** Some bytes of the array as text; offsets as the parser of {@link #alerts} tells them. */
    String text(long from, long to, int most) {
        var start = alertsAt + (int) from;
        var length = Math.min(most, Math.min(alertsAt + (int) to, body.length) - start);
        return new String(body, start, Math.max(length, 0), StandardCharsets.UTF_8);
    }

    Shape shape() {
        return shape;
    }

    /** The message's own, for alerts without one. */
    @Nullable
    String status() {
        return status;
    }

    /** How many alerts there are. */
    int count() {
        return count;
    }

    /** How many more the sender had and left out, as it was told to by its {@code max_alerts}. */
    long truncated() {
        return truncated;
    }

    /**
     * @throws ProblemException when it is no webhook at all
     */
    static Webhook of(byte[] body) {
        var start = Utf8.check(body);
        try (var parser = JSON.createParser(body, start, body.length - start)) {
            var webhook = switch (parser.nextToken()) {
                case START_ARRAY -> array(body, start, parser);
                case START_OBJECT -> message(body, start, parser);
                case null -> throw notAWebhook("The body is empty");
                default -> throw notAWebhook("The body must be a JSON object with 'alerts', or an array of alerts");
            };
            if (parser.nextToken() != null) {
                throw new ProblemException(ErrorCode.MALFORMED_JSON, "Something follows the JSON document");
            }
            return webhook;
        } catch (IOException e) {
            throw new ProblemException(ErrorCode.MALFORMED_JSON, StrictJson.reason(e));
        }
    }

    private static Webhook array(byte[] body, int start, JsonParser parser) throws IOException {
        var at = start + offset(parser);
        return new Webhook(body, at, Shape.ARRAY, null, count(parser), 0);
    }

    private static Webhook message(byte[] body, int start, JsonParser parser) throws IOException {
        String status = null;
        int at = -1;
        int count = 0;
        long truncated = 0;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            var name = parser.currentName();
            var value = parser.nextToken();
            if (name.equals("alerts")) {
                // a later 'alerts' replaces an earlier one, as in every lenient parser
                at = value == JsonToken.START_ARRAY ? start + offset(parser) : -1;
                count = value == JsonToken.START_ARRAY ? count(parser) : skip(parser);
            } else if (name.equals("status") && value == JsonToken.VALUE_STRING && parser.getTextLength() <= 32) {
                status = parser.getText();
            } else if (name.equals("truncatedAlerts") && value == JsonToken.VALUE_NUMBER_INT) {
                truncated = truncated(parser);
            } else {
                parser.skipChildren();
            }
        }
        if (at < 0) {
            throw notAWebhook(
                    "The message has no array 'alerts'. Grafana's legacy alerting and Alertmanager's free-form"
                            + " payloads are not understood");
        }
        return new Webhook(body, at, Shape.MESSAGE, status, count, truncated);
    }

    private static int count(JsonParser parser) throws IOException {
        int count = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            count++;
            parser.skipChildren();
        }
        return count;
    }

    private static long truncated(JsonParser parser) throws IOException {
        var given = parser.getBigIntegerValue();
        return given.signum() > 0 && given.bitLength() < Integer.SIZE ? given.longValue() : 0;
    }

    private static int skip(JsonParser parser) throws IOException {
        parser.skipChildren();
        return 0;
    }

    private static int offset(JsonParser parser) {
        return (int) parser.currentTokenLocation().getByteOffset();
    }

    private static ProblemException notAWebhook(String detail) {
        return new ProblemException(ErrorCode.NOT_A_WEBHOOK, detail);
    }
}
