package io.infraai.persistence.intake;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.infraai.embedded.EmbeddedServers;
import io.infraai.persistence.tenancy.Database;
import io.infraai.persistence.tenancy.StoreUnavailable;

import static io.infraai.persistence.intake.Alerts.batch;
import static io.infraai.persistence.intake.Alerts.firing;
import static io.infraai.persistence.tenancy.Database.await;
import static io.infraai.persistence.tenancy.Database.awaitAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class OutageTest {

    private static final Instant START = Instant.parse("2026-11-23T08:00:00Z");

    @Test
    void aDeadDatabaseIsSaidToBeAwaySoonAndIsUsedAgainWhenItIsBack() throws Exception {
        try (var servers = EmbeddedServers.temporary()) {
            var database = Database.on(servers);
            var intake = new PgAlertIntake(database.scope(), database.vertx());
            var tenant = database.newTenant();
            var kept = await(intake.accept(tenant, batch(tenant, firing("Kept", START))))
                    .episodes();

            var underWay = IntStream.range(0, 200)
                    .mapToObj(i -> intake.accept(tenant, batch(tenant, firing("UnderWay" + i, START)))
                            .map(_ -> "stored")
                            .onFailure(StoreUnavailable.class)
                            .recoverWithItem("away")
                            .subscribeAsCompletionStage())
                    .toList();
            servers.killPostgres();
            var before = System.nanoTime();
            assertThat(underWay).allSatisfy(each -> assertThat(each.join()).isIn("stored", "away"));
            assertThatThrownBy(() -> await(intake.accept(tenant, batch(tenant, firing("Away", START)))))
                    .isInstanceOf(StoreUnavailable.class);
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(3));

            servers.startPostgres();
            var again = awaitAll(IntStream.range(0, 200)
                    .mapToObj(i -> intake.accept(tenant, batch(tenant, firing("UnderWay" + i, START)))
                            .onFailure(StoreUnavailable.class)
                            .retry()
                            .atMost(20))
                    .toList());

            var stored = underWay.stream()
                    .filter(each -> each.join().equals("stored"))
                    .count();
            var opened = again.stream().mapToInt(AlertIntake.Receipt::opened).sum();
            assertThat(opened).as("what was answered was stored").isLessThanOrEqualTo((int) (200 - stored));
            assertThat(await(Intakes.queries(database).byIds(tenant, kept))).hasSize(1);
            database.close();
        }
    }
}
