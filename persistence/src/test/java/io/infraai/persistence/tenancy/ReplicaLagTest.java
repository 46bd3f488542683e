package io.infraai.persistence.tenancy;

import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ReplicaLagTest {

    private final ReplicaLag lag = new ReplicaLag();

    @Test
    void nothingIsKnownBeforeAPlaceWasReached() {
        lag.written(10, 500);

        assertThat(lag.replayed(499)).isNull();
    }

    @Test
    void dataAreAsOldAsTheLastPlaceReached() {
        lag.written(10, 500);
        lag.written(20, 600);
        lag.written(30, 700);

        assertThat(lag.replayed(650)).isEqualTo(20);
        assertThat(lag.replayed(650)).isEqualTo(20);
        assertThat(lag.replayed(700)).isEqualTo(30);
    }

    @Test
    void anIdlePrimaryMakesNobodyLate() {
        lag.written(10, 500);
        assertThat(lag.replayed(500)).isEqualTo(10);
        lag.written(999, 500);

        assertThat(lag.replayed(500)).isEqualTo(999);
    }

    @Test
    void aReplicaThatWasAwayForHoursIsKnownToBeBackByTheNextLook() {
        LongStream.range(0, 10_000).forEach(second -> lag.written(second, second));
        assertThat(lag.replayed(9_999)).isEqualTo(119);

        lag.written(10_000, 10_000);

        assertThat(lag.replayed(10_000)).isEqualTo(10_000);
    }
}
