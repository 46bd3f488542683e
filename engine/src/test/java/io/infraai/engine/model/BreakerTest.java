package io.infraai.engine.model;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BreakerTest {

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final Clock clock = ((InstantSource) now::get).withZone(ZoneOffset.UTC);
    private final Breaker breaker = new Breaker(3, Duration.ofSeconds(30), clock);

    @Test
    void failuresInARowOpenIt() {
        fail(2);
        assertThat(breaker.lets()).isTrue();

        fail(1);
        assertThat(breaker.lets()).isFalse();
    }

    @Test
    void aSuccessInBetweenStartsTheCountAnew() {
        fail(2);
        breaker.succeeded();
        fail(2);

        assertThat(breaker.lets()).isTrue();
    }

    @Test
    void afterTheDelayOneMayTry() {
        fail(3);
        pass(30);

        assertThat(breaker.lets()).isTrue();
        assertThat(breaker.lets()).isFalse();
    }

    @Test
    void aTryThatNobodyEndsKeepsOthersOutForTheDelayOnly() {
        fail(3);
        pass(30);
        assertThat(breaker.lets()).isTrue();

        pass(29);
        assertThat(breaker.lets()).isFalse();
        pass(1);
        assertThat(breaker.lets()).isTrue();
    }

    @Test
    void aTryThatSucceedsLetsEverybodyIn() {
        fail(3);
        pass(30);
        assertThat(breaker.lets()).isTrue();
        breaker.succeeded();

        assertThat(breaker.lets()).isTrue();
        assertThat(breaker.lets()).isTrue();
    }

    private void fail(int times) {
        for (var time = 0; time < times; time++) {
            breaker.failed();
        }
    }

    private void pass(int seconds) {
        now.updateAndGet(instant -> instant.plusSeconds(seconds));
    }
}
