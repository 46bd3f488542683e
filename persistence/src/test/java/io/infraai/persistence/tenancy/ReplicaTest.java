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
import org.junit.jupiter.api.AfterEach;
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

    private static final Duration MAX_LAG = Duration.ofSeconds(3);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Database database = Database.shared();
    private EmbeddedReplica server;
    private Pool pool;
    private Replica replica;
    private TenantScope scope;

    @BeforeEach
    void follow() {
        server = EmbeddedReplica.of(EmbeddedServices.servers());
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
        server.close();
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
                .containsEntry("why", "it is more than 3 s behind");

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
        server.promote();

        await().atMost(PATIENCE).until(() -> !replica.isFit());

        assertThat(replica.note()).contains("follows no primary");
        assertThat(await(scope.reading(database.newTenant(), ReplicaTest::isReplica)))
                .isFalse();
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
