package io.infraai.engine.model;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Leaves a model alone that failed several times in a row; after a while one request tries whether it is back. The try has
 * a time of its own: a chat that is cancelled has no outcome, and must not keep everybody else out. Thread-safe.
 */
final class Breaker {

    private final int failures;
    private final Duration delay;
    private final Clock clock;
    private int inARow;
    private Instant nobodyUntil = Instant.MIN;

    Breaker(int failures, Duration delay, Clock clock) {
        this.failures = failures;
        this.delay = delay;
        this.clock = clock;
    }

    /** Whether a request may go; while it is open, one each time the delay is over. */
    synchronized boolean lets() {
        if (inARow < failures) {
            return true;
        }
        var now = clock.instant();
        if (now.isBefore(nobodyUntil)) {
            return false;
        }
        nobodyUntil = now.plus(delay);
        return true;
    }

    synchronized boolean isOpen() {
        return inARow >= failures;
    }

    synchronized void succeeded() {
        inARow = 0;
    }

    synchronized void failed() {
        inARow++;
        nobodyUntil = clock.instant().plus(delay);
    }
}
