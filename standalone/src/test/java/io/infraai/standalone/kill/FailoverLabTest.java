package io.infraai.standalone.kill;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.infraai.embedded.Credentials;
import io.infraai.embedded.EmbeddedReplica;
import io.infraai.embedded.EmbeddedServers;
import io.infraai.standalone.services.Installation;

/** A synchronous replica has all that was answered with 200, so it may take over. */
@Tag("lab")
class FailoverLabTest {

    private static final String POLICY = "Failover";

    private @Nullable Relay relay;

    @Test
    void aReplicaThatTakesOverUnderLoadLosesAndDoublesNothing() throws SQLException {
        try (var installation = new Installation(Installation.PRESENT, (servers, _) -> throughRelay(servers));
                var address = Objects.requireNonNull(relay);
                var replica = EmbeddedReplica.of(installation.servers())) {
            synchronous(installation.servers());
            installation.policy(POLICY, AlertLoad.POLICY);
            try (var _ = installation.worker(Map.of());
                    var load = new AlertLoad(installation, POLICY)) {
                load.awaitTaken(100);
                installation.servers().killPostgres();
                replica.promote();
                address.moveTo(replica.port());
                load.awaitTaken(100);
                load.end();

                load.assertEachHealedOnce();
                load.assertRefusedForNowOnly();
            }
        }
    }

    private Map<String, String> throughRelay(EmbeddedServers servers) {
        var address = new Relay(servers.postgresPort());
        relay = address;
        Map<String, String> properties = new HashMap<>(servers.asProperties());
        properties.replaceAll(
                (_, value) -> value.replace(":" + servers.postgresPort() + "/", ":" + address.port() + "/"));
        return properties;
    }

    /** No commit is answered before the replica has it. */
    private static void synchronous(EmbeddedServers servers) throws SQLException {
        try (var connection = DriverManager.getConnection(
                        servers.jdbcUrl(),
                        Credentials.SUPERUSER,
                        servers.credentials().superuser());
                var statement = connection.createStatement()) {
            statement.execute("ALTER SYSTEM SET synchronous_standby_names = '*'");
            statement.execute("SELECT pg_reload_conf()");
        }
    }
}
