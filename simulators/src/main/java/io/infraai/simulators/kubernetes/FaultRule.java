package io.infraai.simulators.kubernetes;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * Which calls go wrong, and how.
 *
 * @param verb a Kubernetes verb such as {@code delete} or {@code create} (an eviction is one), or {@code *}
 * @param path found anywhere in the path, or in the path with its query
 * @param times how many matching calls it strikes
 * @param status what is answered where the kind answers something of its own
 * @param delay how long {@link FaultKind#LATENCY} and {@link FaultKind#LATE_REPLY} wait; the {@code Retry-After} of an
 *     error, none when zero
 */
public record FaultRule(String verb, Pattern path, int times, FaultKind kind, int status, Duration delay) {

    public FaultRule {
        if (times < 1) {
            throw new IllegalArgumentException("A fault strikes at least once, not " + times + " times");
        }
        if (delay.isNegative()) {
            throw new IllegalArgumentException("A delay isn't negative, unlike " + delay);
        }
        if (status < 200 || status > 599) {
            throw new IllegalArgumentException("A final HTTP status is between 200 and 599, unlike " + status);
        }
    }

    /** One call of a kind that needs neither status nor delay; errors answer 500. */
    public static FaultRule once(String verb, String path, FaultKind kind) {
        return new FaultRule(verb, Pattern.compile(path), 1, kind, kind == FaultKind.HTML ? 200 : 500, Duration.ZERO);
    }

    public FaultRule times(int newTimes) {
        return new FaultRule(verb, path, newTimes, kind, status, delay);
    }

    public FaultRule answering(int newStatus) {
        return new FaultRule(verb, path, times, kind, newStatus, delay);
    }

    public FaultRule after(Duration newDelay) {
        return new FaultRule(verb, path, times, kind, status, newDelay);
    }

    boolean matches(String askedVerb, String uri) {
        var asked = uri.split("\\?", 2)[0];
        return (verb.equals("*") || verb.equals(askedVerb))
                && (path.matcher(asked).find() || path.matcher(uri).find());
    }
}
