package io.infraai.worker.execution;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Pauses that double up to a minute, plus or minus half, so that tasks which failed together don't come back together. */
record Backoff(Duration first, RandomGenerator random) {

    private static final Duration LONGEST = Duration.ofMinutes(1);

    Duration before(int attempt) {
        var doubled = first.toMillis() << Math.min(attempt - 1, 16);
        var pause = Math.min(doubled, LONGEST.toMillis());
        return Duration.ofMillis(pause / 2 + random.nextLong(pause + 1));
    }
}
