package io.infraai.gateway.alerts;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Times as alert senders write them: RFC 3339, up to nanoseconds. */
final class AlertTimes {

    private static final Pattern RFC_3339 =
            Pattern.compile("\\d{4}-\\d{2}-\\d{2}[Tt]\\d{2}:\\d{2}:\\d{2}(?:\\.\\d{1,9})?(?:[Zz]|[+-]\\d{2}:\\d{2})");

    private AlertTimes() {}

    static Optional<Instant> parse(String text) {
        if (text.length() > 40 || !RFC_3339.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    OffsetDateTime.parse(text.toUpperCase(Locale.ROOT)).toInstant());
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    /** Go's zero time, which stands for none. */
    static boolean isZero(String text) {
        return text.startsWith("0001-01-01T00:00:00");
    }
}
