package io.infraai.gateway.alerts;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import org.jspecify.annotations.Nullable;

import io.infraai.contracts.alert.Alert;
import io.infraai.contracts.alert.AlertStatus;
import io.infraai.gateway.request.Texts;

/** One alert while it is read. Keeps the first thing found wrong with it and reads on, so that the parser stays in step. */
final class AlertDraft {

    static final int MOST_LABELS = 128;
    static final int MOST_BYTES = 64 * 1024;
    static final int MOST_NAME = 1_024;
    static final int ANNOTATION_BYTES = 16 * 1024;
    static final String CUT_MARK = " …[cut]";

    private static final int MOST_ANNOTATIONS = 1_024;
    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Duration AHEAD = Duration.ofDays(1);

    private @Nullable Map<String, String> labels;
    private Map<String, String> annotations = Map.of();
    private @Nullable String status;
    private @Nullable String startsAt;
    private @Nullable String endsAt;
    private @Nullable String generatorUrl;
    private @Nullable String fingerprint;
    private @Nullable String fault;

    sealed interface Outcome {}

    record Fit(Alert alert) implements Outcome {}

    /**
     * @param reason for its sender
     */
    record Unfit(String reason) implements Outcome {}

    private static final class Fault extends Exception {

        private static final long serialVersionUID = 1;

        Fault(String reason) {
            super(reason, null, false, false);
        }
    }

    void fault(String reason) {
        if (fault == null) {
            fault = reason;
        }
    }

    /** From the opening brace to the closing one. */
    void read(JsonParser parser) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            var name = parser.currentName();
            parser.nextToken();
            switch (name) {
                case "labels" -> labels = labels(parser);
                case "annotations" -> annotations = annotations(parser);
                case "status" -> status = text(parser, "status");
                case "startsAt" -> startsAt = text(parser, "startsAt");
                case "endsAt" -> endsAt = text(parser, "endsAt");
                case "generatorURL" -> generatorUrl = loose(parser, 2_048);
                case "fingerprint" -> fingerprint = loose(parser, 128);
                default -> parser.skipChildren();
            }
        }
    }

    private @Nullable Map<String, String> labels(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            fault("labels must be an object");
            parser.skipChildren();
            return null;
        }
        var read = new LinkedHashMap<String, String>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            var name = name(parser, "label");
            parser.nextToken();
            if (parser.currentToken() != JsonToken.VALUE_STRING) {
                fault("label '" + shown(name) + "' must be a string");
                parser.skipChildren();
            } else if (parser.getTextLength() > MOST_BYTES) {
                fault("label '" + shown(name) + "' is longer than " + MOST_BYTES + " bytes");
            } else {
                put(read, name, parser.getText(), "label", MOST_LABELS);
            }
        }
        return read;
    }

    private Map<String, String> annotations(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return Map.of();
        }
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            fault("annotations must be an object");
            parser.skipChildren();
            return Map.of();
        }
        var read = new LinkedHashMap<String, String>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            var name = name(parser, "annotation");
            parser.nextToken();
            if (parser.currentToken() == JsonToken.VALUE_STRING) {
                put(read, name, cut(parser.getText()), "annotation", MOST_ANNOTATIONS);
            } else {
                fault("annotation '" + shown(name) + "' must be a string");
                parser.skipChildren();
            }
        }
        return read;
    }

    private String name(JsonParser parser, String kind) throws IOException {
        var name = parser.currentName();
        if (name.isEmpty() || name.length() > MOST_NAME) {
            fault("a name of a " + kind + " must have 1 to " + MOST_NAME + " characters");
            return Texts.start(name, MOST_NAME);
        }
        return name;
    }

    private void put(Map<String, String> read, String name, String value, String kind, int most) {
        if (!Texts.storable(name) || !Texts.storable(value)) {
            fault(kind + " '" + shown(name) + "' holds U+0000 or half a surrogate pair");
        } else if (read.size() >= most && !read.containsKey(name)) {
            fault("more than " + most + " " + kind + "s");
        } else {
            read.put(name, value);
        }
    }

    private @Nullable String text(JsonParser parser, String field) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            return Texts.start(parser.getText(), 64);
        }
        if (parser.currentToken() != JsonToken.VALUE_NULL) {
            fault(field + " must be a string");
        }
        parser.skipChildren();
        return null;
    }

    /** What is only shown: left out rather than held against the alert. */
    private static @Nullable String loose(JsonParser parser, int most) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_STRING
                && parser.getTextLength() <= most
                && Texts.storable(parser.getText())) {
            return parser.getText();
        }
        parser.skipChildren();
        return null;
    }

    Outcome finish(Webhook.Shape shape, @Nullable String messageStatus, Instant now) {
        try {
            if (fault != null) {
                throw new Fault(fault);
            }
            return new Fit(alert(shape, messageStatus, now));
        } catch (Fault e) {
            return new Unfit(String.valueOf(e.getMessage()));
        }
    }

    private Alert alert(Webhook.Shape shape, @Nullable String messageStatus, Instant now) throws Fault {
        var example = shape == Webhook.Shape.EXAMPLE;
        if (labels == null || (labels.isEmpty() && !example)) {
            throw new Fault("labels are missing");
        }
        if (bytes(labels) + bytes(annotations) > MOST_BYTES) {
            throw new Fault("larger than " + MOST_BYTES + " bytes");
        }
        var bare = example || shape == Webhook.Shape.ARRAY;
        var ends = time(endsAt, "endsAt", bare ? Instant.MAX : now.plus(AHEAD));
        var state = status(messageStatus, ends, now);
        var starts = time(startsAt, "startsAt", now.plus(AHEAD));
        if (starts == null) {
            if (!bare) {
                throw new Fault("startsAt is missing");
            }
            // as Alertmanager's own API has it for what is posted to it
            starts = ends != null && ends.isBefore(now) ? ends : now;
        }
        var ended = state == AlertStatus.FIRING ? null : ends == null ? now : ends;
        return new Alert(state, labels, annotations, starts, ended, generatorUrl, fingerprint);
    }

    private AlertStatus status(@Nullable String messageStatus, @Nullable Instant ends, Instant now) throws Fault {
        var word = status != null ? status : messageStatus;
        if (word == null) {
            return ends == null || ends.isAfter(now) ? AlertStatus.FIRING : AlertStatus.RESOLVED;
        }
        try {
            return AlertStatus.of(word);
        } catch (IllegalArgumentException _) {
            throw new Fault("status must be firing or resolved");
        }
    }

    private static @Nullable Instant time(@Nullable String text, String field, Instant latest) throws Fault {
        if (text == null || AlertTimes.isZero(text)) {
            return null;
        }
        var time = AlertTimes.parse(text).orElseThrow(() -> new Fault(field + " is no RFC 3339 time"));
        if (time.isBefore(EARLIEST) || time.isAfter(latest)) {
            throw new Fault(field + " lies outside of 2000 to tomorrow");
        }
        return time;
    }

    private static String cut(String annotation) {
        // a character takes at most three bytes for each of its UTF-16 units
        if (annotation.length() <= ANNOTATION_BYTES / 3) {
            return annotation;
        }
        var bytes = annotation.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= ANNOTATION_BYTES) {
            return annotation;
        }
        int end = ANNOTATION_BYTES;
        while ((bytes[end] & 0xC0) == 0x80) {
            end--;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8) + CUT_MARK;
    }

    private static int bytes(Map<String, String> texts) {
        int sum = 0;
        for (var text : texts.entrySet()) {
            sum += text.getKey().getBytes(StandardCharsets.UTF_8).length
                    + text.getValue().getBytes(StandardCharsets.UTF_8).length;
        }
        return sum;
    }

    private static String shown(String name) {
        return Texts.start(name, 80).replaceAll("[\\p{Cntrl}\\p{Cs}]", "?");
    }
}
