package io.infraai.persistence.tenancy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import org.flywaydb.core.Flyway;

import io.infraai.contracts.identity.TenantId;
import io.infraai.embedded.Credentials;
import io.infraai.embedded.EmbeddedServers;
import io.infraai.testkit.EmbeddedServices;

/** The test run's database, migrated, as the stores see it: under the application's role. */
public final class Database {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final AtomicInteger TENANTS = new AtomicInteger();
    private static final Database SHARED = new Database(EmbeddedServices.servers());

    private final EmbeddedServers servers;
    private final Vertx vertx = Vertx.vertx();
    private final Pool pool;
    private final TenantScope scope;

    private Database(EmbeddedServers servers) {
        this.servers = servers;
        migrate(servers);
        this.pool = pool(servers, vertx);
        this.scope = new TenantScope(pool);
    }

    public static Database shared() {
        return SHARED;
    }

    /** Servers of its own, for tests that break them. */
    public static Database on(EmbeddedServers servers) {
        return new Database(servers);
    }

    private static void migrate(EmbeddedServers servers) {
        Flyway.configure()
                .dataSource(
                        servers.jdbcUrl(),
                        Credentials.OWNER,
                        servers.credentials().owner())
                .load()
                .migrate();
    }

    private static Pool pool(EmbeddedServers servers, Vertx vertx) {
        var options = new PgConnectOptions()
                .setHost("127.0.0.1")
                .setPort(servers.postgresPort())
                .setDatabase("infraai")
                .setUser(Credentials.APP)
                .setPassword(servers.credentials().app())
                .setCachePreparedStatements(true)
                .addProperty("statement_timeout", "5000")
                .addProperty("lock_timeout", "2000")
                .addProperty("idle_in_transaction_session_timeout", "10000");
        return Pool.newInstance(PgBuilder.pool()
                .with(new PoolOptions().setMaxSize(16))
                .connectingTo(options)
                .using(vertx)
                .build());
    }

    public Vertx vertx() {
        return vertx;
    }

    public TenantScope scope() {
        return scope;
    }

    /** A tenant that no other test uses. */
    public TenantId newTenant() {
        var tenant = new TenantId("t" + TENANTS.incrementAndGet());
        await(new PgTenants(scope).create(tenant));
        return tenant;
    }

    public static <T> T await(Uni<T> uni) {
        return uni.await().atMost(PATIENCE);
    }

    /** All at once; fails when one does. */
    public static <T> List<T> awaitAll(List<Uni<T>> unis) {
        return Uni.join().all(unis).andFailFast().await().atMost(PATIENCE);
    }

    /** Runs a statement as the schema's owner, behind the stores' back. */
    public int change(String sql, Object... parameters) {
        try (var connection = owner();
                var statement = connection.prepareStatement(sql)) {
            for (var i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** Queries as the schema's owner. */
    public List<Map<String, Object>> query(String sql, Object... parameters) {
        try (var connection = owner();
                var statement = connection.prepareStatement(sql)) {
            for (var i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            var list = new ArrayList<Map<String, Object>>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    var row = new LinkedHashMap<String, Object>();
                    for (var column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
                        row.put(rows.getMetaData().getColumnLabel(column), rows.getObject(column));
                    }
                    list.add(row);
                }
            }
            return list;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    public Connection owner() throws SQLException {
        return DriverManager.getConnection(
                servers.jdbcUrl(), Credentials.OWNER, servers.credentials().owner());
    }

    public void close() throws Exception {
        pool.closeAndAwait();
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
