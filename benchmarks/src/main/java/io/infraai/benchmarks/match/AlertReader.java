package io.infraai.benchmarks.match;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Map;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import org.jspecify.annotations.Nullable;

import io.infraai.contracts.alert.Alert;
import io.infraai.contracts.alert.AlertStatus;

/** Reads alerts from JSON without a tree in between. For one thread. */
final class AlertReader {

    private static final JsonFactory JSON = JsonFactory.builder()
            // alerts are UTF-8
            .disable(JsonFactory.Feature.CHARSET_DETECTION)
            .build();

    @SuppressWarnings({"unchecked", "rawtypes"})
    private Map.Entry<String, String>[] pairs = new Map.Entry[16];

    Alert read(byte[] json) {
        try (var parser = JSON.createParser(json)) {
            parser.nextToken();
            return read(parser);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Alert read(JsonParser parser) throws IOException {
        var status = AlertStatus.FIRING;
        var labels = Map.<String, String>of();
        var annotations = Map.<String, String>of();
        var startsAt = Instant.EPOCH;
        @Nullable Instant endsAt = null;
        @Nullable String generatorUrl = null;
        @Nullable String fingerprint = null;
        for (var field = parser.nextFieldName(); field != null; field = parser.nextFieldName()) {
            switch (field) {
                case "status" -> status = AlertStatus.of(parser.nextTextValue());
                case "labels" -> labels = texts(parser);
                case "annotations" -> annotations = texts(parser);
                case "startsAt" -> startsAt = time(parser.nextTextValue());
                case "endsAt" -> endsAt = end(parser.nextTextValue());
                case "generatorURL" -> generatorUrl = parser.nextTextValue();
                case "fingerprint" -> fingerprint = parser.nextTextValue();
                default -> {
                    parser.nextToken();
                    parser.skipChildren();
                }
            }
        }
        return new Alert(status, labels, annotations, startsAt, endsAt, generatorUrl, fingerprint);
    }

    private Map<String, String> texts(JsonParser parser) throws IOException {
        int count = 0;
        parser.nextToken();
        for (var name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            if (count == pairs.length) {
                pairs = Arrays.copyOf(pairs, count * 2);
            }
            pairs[count++] = Map.entry(name, parser.nextTextValue());
        }
        return Map.ofEntries(Arrays.copyOf(pairs, count));
    }

    /** Go's zero time means that it has no end yet. */
    private static @Nullable Instant end(String text) {
        return text.startsWith("0001-") ? null : time(text);
    }

    /** {@code 2026-11-22T10:15:00.123Z}, as most senders write it, is read ten times as fast as in general. */
    private static Instant time(String text) {
        return text.length() == 24 && text.charAt(23) == 'Z'
                ? LocalDateTime.of(
                                number(text, 0, 4),
                                number(text, 5, 7),
                                number(text, 8, 10),
                                number(text, 11, 13),
                                number(text, 14, 16),
                                number(text, 17, 19),
                                number(text, 20, 23) * 1_000_000)
                        .toInstant(ZoneOffset.UTC)
                : Instant.parse(text);
    }

    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                throw new NumberFormatException(text);
            }
            number = number * 10 + digit;
        }
        return number;
    }
}
