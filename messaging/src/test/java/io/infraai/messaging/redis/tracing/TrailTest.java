package io.infraai.messaging.redis.tracing;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TrailTest {

    private static final String STORED = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private static final String FURTHER_ON = "00-0af7651916cd43dd8448eb211c80319c-00f067aa0ba902b7-01";
    private static final String OF_ANOTHER_TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    private static final Duration FRESH = Duration.ofSeconds(3);
    private static final Duration HOURS = Duration.ofHours(3);

    @Test
    void aBellOfTheSameTraceTellsWhereInIt() {
        assertThat(Trail.of(STORED, FRESH, FURTHER_ON)).isEqualTo(new Trail(FURTHER_ON, null));
        assertThat(Trail.of(STORED, HOURS, FURTHER_ON)).isEqualTo(new Trail(FURTHER_ON, null));
    }

    @Test
    void aLostBellLeavesWhatWasStored() {
        assertThat(Trail.of(STORED, FRESH, null)).isEqualTo(new Trail(STORED, null));
    }

    @Test
    void anotherTracesBellIsLinkedToWhileTheOwnTraceIsOpen() {
        assertThat(Trail.of(STORED, FRESH, OF_ANOTHER_TRACE)).isEqualTo(new Trail(STORED, OF_ANOTHER_TRACE));
    }

    @Test
    void hoursLaterWorkBelongsToWhoeverRangAndLinksBack() {
        assertThat(Trail.of(STORED, HOURS, OF_ANOTHER_TRACE)).isEqualTo(new Trail(OF_ANOTHER_TRACE, STORED));
        assertThat(Trail.of(STORED, HOURS, null)).isEqualTo(new Trail(null, STORED));
    }

    @Test
    void workThatWasStoredWithoutATraceIsTheBells() {
        assertThat(Trail.of(null, FRESH, OF_ANOTHER_TRACE)).isEqualTo(new Trail(OF_ANOTHER_TRACE, null));
        assertThat(Trail.of(null, HOURS, null)).isEqualTo(new Trail(null, null));
    }
}
