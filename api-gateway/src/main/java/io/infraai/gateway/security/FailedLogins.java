package io.infraai.gateway.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.enterprise.context.ApplicationScoped;

/** Counts wrong keys by address. A right key always works: nobody can lock somebody else out. */
@ApplicationScoped
class FailedLogins {

    static final int MOST = 20;

    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final int MOST_ADDRESSES = 10_000;

    private final Clock clock;
    private final ConcurrentHashMap<String, Count> counts = new ConcurrentHashMap<>();

    private record Count(Instant since, int failures) {}

    FailedLogins(Clock clock) {
        this.clock = clock;
    }

    /** Counts one more; true when the address has had too many in this minute. */
    boolean failed(String address) {
        if (counts.size() >= MOST_ADDRESSES) {
            counts.clear();
        }
        var now = clock.instant();
        var count = counts.merge(
                address,
                new Count(now, 1),
                (old, one) -> old.since().plus(WINDOW).isAfter(now) ? new Count(old.since(), old.failures() + 1) : one);
        return count.failures() > MOST;
    }
}
