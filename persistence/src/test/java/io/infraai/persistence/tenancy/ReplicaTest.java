package io.infraai.persistence.tenancy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.infraai.contracts.identity.TenantId;
import io.infraai.embedded.EmbeddedReplica;
import io.infraai.testkit.EmbeddedServices;

import static io.infraai.persistence.tenancy.Database.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A second server that really follows the first. */
class ReplicaTest {

    private static final Duration MAX_LAG = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static EmbeddedReplica server;

    private final Database database = Database.shared();
    private Pool pool;
    private Replica replica;
    private TenantScope scope;

    @BeforeAll
    static void copy() {
        server = EmbeddedReplica.of(EmbeddedServices.servers());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void follow() {
        pool = database.pool(server.port());
        replica = new Replica(database.pool(), Optional.of(pool), MAX_LAG, database.vertx());
        scope = new TenantScope(database.pool(), replica);
        replica.start(new StartupEvent());
        await().atMost(PATIENCE).until(replica::isFit);
    }

    @AfterEach
    void leave() {
        replica.stop();
        pool.closeAndAwait();
    }

    @Test
    void readsGoToTheReplicaAndSeeTheirTenantOnly() {
        var tenant = database.newTenant();

        await().atMost(PATIENCE).until(() -> seen(tenant).equals(List.of(tenant.value())));

        assertThat(await(scope.reading(tenant, ReplicaTest::isReplica))).isTrue();
        assertThat(await(scope.in(tenant, ReplicaTest::isReplica))).isFalse();
    }

    @Test
    void aReplicaThatFallsBehindIsLeftAloneUntilItHasCaughtUp() {
        server.holdBack();
        var tenant = database.newTenant();

        await().atMost(PATIENCE).until(() -> !replica.isFit());

        assertThat(seen(tenant)).as("from the primary").containsExactly(tenant.value());
        var note = await(new ReplicaCheck(replica).call());
        assertThat(note.getStatus()).isEqualTo(Status.UP);
        assertThat(note.getData().orElseThrow())
                .containsEntry("used", false)
                .containsEntry("why", "it is more than 2 s behind");

        server.catchUp();
        await().atMost(PATIENCE).until(replica::isFit);
        assertThat(await(scope.reading(tenant, ReplicaTest::isReplica))).isTrue();
        assertThat(seen(tenant)).containsExactly(tenant.value());
    }

    @Test
    void noReadFailsWhileTheReplicaDiesAndComesBack() {
        var tenant = database.newTenant();
        var underWay = IntStream.range(0, 200)
                .mapToObj(_ -> scope.reading(tenant, ReplicaTest::isReplica).subscribeAsCompletionStage())
                .toList();

        server.kill();

        assertThat(underWay).allSatisfy(read -> assertThat(read.join()).isNotNull());
        assertThat(await(scope.reading(tenant, ReplicaTest::isReplica))).isFalse();
        assertThat(replica.note()).containsAnyOf("it failed", "it doesn't answer");
        server.start();
        await().atMost(PATIENCE).until(replica::isFit);
        assertThat(await(scope.reading(tenant, ReplicaTest::isReplica))).isTrue();
    }

    @Test
    void aReplicaThatBecameAPrimaryIsNotReadFrom() {
        try (var other = EmbeddedReplica.of(EmbeddedServices.servers())) {
            var others = database.pool(other.port());
            var promoted = new Replica(database.pool(), Optional.of(others), MAX_LAG, database.vertx());
            promoted.start(new StartupEvent());
            await().atMost(PATIENCE).until(promoted::isFit);

            other.promote();

            await().atMost(PATIENCE).until(() -> !promoted.isFit());
            assertThat(promoted.note()).contains("follows no primary");
            promoted.stop();
            others.closeAndAwait();
        }
    }

    @Test
    void tenSecondsAreAllowedByDefault() {
        var config = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDiscoveredConverters()
                .withMapping(ReplicaConfig.class)
                .build()
                .getConfigMapping(ReplicaConfig.class);

        assertThat(config.maxLag()).isEqualTo(Duration.ofSeconds(10));
    }

    private static Uni<Boolean> isReplica(SqlConnection connection) {
        return connection
                .preparedQuery("SELECT pg_is_in_recovery()")
                .execute()
                .map(rows -> rows.iterator().next().getBoolean(0));
    }

    private List<String> seen(TenantId tenant) {
        return await(scope.reading(
                tenant,
                connection -> connection
                        .preparedQuery("SELECT id FROM tenant")
                        .execute()
                        .map(rows -> Rows.list(rows, row -> row.getString(0)))));
    }
}
