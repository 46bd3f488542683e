package io.infraai.worker.execution;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

import io.smallrye.mutiny.Uni;
import org.junit.jupiter.api.Test;

import io.infraai.adapters.tool.ToolCatalog;
import io.infraai.contracts.tool.ToolDescription;
import io.infraai.persistence.catalog.Catalogue;
import io.infraai.persistence.catalog.ToolDirectory;

import static org.assertj.core.api.Assertions.assertThat;

class AdvertiserTest {

    private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");

    private Instant now = START;
    private final Recording directory = new Recording();
    private final Advertiser advertiser =
            new Advertiser(new ToolCatalog(List.of(), List.of()), directory, new Settable());

    @Test
    void onlyAWorkerThatHasRunForAWhileWithdrawsWhatOthersOffered() {
        advertise(Duration.ZERO);
        advertise(ToolDirectory.KEPT);
        advertise(ToolDirectory.KEPT.plusSeconds(1));

        assertThat(directory.settled).containsExactly(false, false, true);
    }

    @Test
    void aRenewalThatFailsIsMadeUpFor() {
        directory.failures = 1;

        advertise(Duration.ZERO);

        assertThat(directory.settled).containsExactly(false);
    }

    private void advertise(Duration afterStart) {
        now = START.plus(afterStart);
        advertiser.advertise().await().atMost(Duration.ofSeconds(20));
    }

    private final class Settable extends Clock {

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private static final class Recording implements ToolDirectory {

        private final List<Boolean> settled = new ArrayList<>();
        private int failures;

        @Override
        public Uni<Void> advertise(String service, boolean isSettled, List<ToolDescription> tools) {
            if (failures-- > 0) {
                return Uni.createFrom().failure(new IllegalStateException("away"));
            }
            settled.add(isSettled);
            return Uni.createFrom().voidItem();
        }

        @Override
        public Uni<Catalogue> all() {
            return Uni.createFrom().item(Catalogue.EMPTY);
        }
    }
}
