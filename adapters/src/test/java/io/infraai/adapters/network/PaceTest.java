package io.infraai.adapters.network;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PaceTest {

    private final AtomicLong time = new AtomicLong(Long.MAX_VALUE - 5);
    private final Pace pace = new Pace(100, time::get, time::addAndGet);

    @Test
    void thereAreNoMoreTurnsInASecondThanAllowed() {
        var start = time.get();
        var taken = 0;
        while (time.get() - start < Duration.ofSeconds(3).toNanos()) {
            pace.takeTurn();
            taken++;
        }

        assertThat(taken).isBetween(300, 301);
    }

    @Test
    void turnsThatNobodyTookAreGone() {
        pace.takeTurn();
        time.addAndGet(Duration.ofSeconds(10).toNanos());
        var start = time.get();
        for (var i = 0; i < 11; i++) {
            pace.takeTurn();
        }

        assertThat(time.get() - start).isEqualTo(Duration.ofMillis(100).toNanos());
    }

    @Test
    void whoIsWokenTooEarlyWaitsOn() {
        var sleepy = new Pace(1, time::get, nanos -> time.addAndGet(Math.max(1, nanos / 2)));
        sleepy.takeTurn();
        var start = time.get();
        sleepy.takeTurn();

        assertThat(time.get() - start)
                .isGreaterThanOrEqualTo(Duration.ofSeconds(1).toNanos());
    }
}
