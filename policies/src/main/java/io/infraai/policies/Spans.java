package io.infraai.policies;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** Durations as Prometheus writes them: {@code 30s}, {@code 5m}, {@code 1h30m}, {@code 1d}. */
public final class Spans {

    private static final Pattern WRITTEN =
            Pattern.compile("(?=.)(?:(\\d{1,6})w)?(?:(\\d{1,6})d)?(?:(\\d{1,6})h)?(?:(\\d{1,6})m)?(?:(\\d{1,6})s)?");
    private static final long[] SECONDS = {7 * 86_400, 86_400, 3_600, 60, 1};

    private Spans() {}

    /** Empty for what is none. */
    public static Optional<Duration> parse(String written) {
        var matcher = WRITTEN.matcher(written);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long seconds = 0;
        for (int group = 1; group <= SECONDS.length; group++) {
            var digits = matcher.group(group);
            if (digits != null) {
                seconds += Long.parseLong(digits) * SECONDS[group - 1];
            }
        }
        return Optional.of(Duration.ofSeconds(seconds));
    }

    /** The field's duration, or nothing; a fault when it is none or out of bounds. */
    static Optional<Duration> read(Fields fields, String key, Duration least, Duration most) {
        var text = fields.text(key);
        var parsed = text.flatMap(Spans::parse);
        if (text.isPresent() && parsed.isEmpty()) {
            fields.refuse(key, "must be a duration such as 30s, 5m, 1h or 1d, unlike \"" + text.get() + "\"");
        }
        if (parsed.isPresent()
                && (parsed.get().compareTo(least) < 0 || parsed.get().compareTo(most) > 0)) {
            fields.refuse(key, "must lie between " + show(least) + " and " + show(most) + ", unlike " + text.get());
            return Optional.empty();
        }
        return parsed;
    }

    static String show(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds == 0) {
            return "0s";
        }
        var text = new StringBuilder();
        var units = "wdhms";
        for (int unit = 1; unit < SECONDS.length; unit++) {
            long count = seconds / SECONDS[unit];
            seconds %= SECONDS[unit];
            if (count > 0) {
                text.append(count).append(units.charAt(unit));
            }
        }
        return text.toString();
    }
}
