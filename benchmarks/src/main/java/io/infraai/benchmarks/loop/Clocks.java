package io.infraai.benchmarks.loop;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Wall-clock time as PostgreSQL keeps it. */
final class Clocks {

    private Clocks() {}

    static long micros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }
}
