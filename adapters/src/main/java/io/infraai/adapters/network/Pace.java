package io.infraai.adapters.network;

import java.time.Duration;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/** So many turns in a second and no more, evenly: who comes too early waits for its turn. Safe for many threads. */
final class Pace {

    private final long interval;
    private final LongSupplier nanos;
    private final LongConsumer wait;
    private long next;

    /**
     * @param nanos a clock that only goes forward, e.g. {@link System#nanoTime}
     * @param wait blocks its thread for so many nanoseconds
     */
    Pace(int turnsPerSecond, LongSupplier nanos, LongConsumer wait) {
        this.interval = Duration.ofSeconds(1).dividedBy(turnsPerSecond).toNanos();
        this.nanos = nanos;
        this.wait = wait;
        this.next = nanos.getAsLong();
    }

    /** Blocks until it is the caller's turn. */
    void takeTurn() {
        var turn = turn();
        for (var left = turn - nanos.getAsLong(); left > 0; left = turn - nanos.getAsLong()) {
            wait.accept(left);
        }
    }

    private synchronized long turn() {
        var now = nanos.getAsLong();
        var turn = next - now > 0 ? next : now;
        next = turn + interval;
        return turn;
    }
}
