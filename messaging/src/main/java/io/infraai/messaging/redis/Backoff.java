package io.infraai.messaging.redis;

import java.util.random.RandomGenerator;

/** Pauses between attempts: doubling from 100 ms to 2 s, each shortened by up to half so that consumers don't return in step. */
final class Backoff {

    private static final long FIRST_MILLIS = 100;
    private static final long LONGEST_MILLIS = 2_000;
    private static final int DOUBLINGS = 5;

    private final RandomGenerator random;
    private int failures;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    /** The pause before the next attempt, in milliseconds. */
    long next() {
        var pause = Math.min(LONGEST_MILLIS, FIRST_MILLIS << Math.min(failures, DOUBLINGS));
        failures++;
        return pause - random.nextLong(pause / 2);
    }

    void reset() {
        failures = 0;
    }
}
