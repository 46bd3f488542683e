package io.infraai.persistence.tenancy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static final Database SHARED = on(EmbeddedServices.servers());

    private final EmbeddedServers servers;
    private final String name;
    private final Vertx vertx = Vertx.vertx();
    private final Pool pool;
    private final TenantScope scope;

    private Database(EmbeddedServers servers, String name) {
        this.servers = servers;
        this.name = name;
        this.pool = pool(servers.postgresPort());
        this.scope = new TenantScope(pool, new Replica(pool, Optional.empty(), Duration.ZERO, vertx));
    }

    public static Database shared() {
        return SHARED;
    }

    /** Servers of its own, for tests that break them. */
    public static Database on(EmbeddedServers servers) {
        return new Database(servers, "infraai").migrated("latest");
    }

    /** One without a schema yet, on the test run's servers. */
    public static Database empty() {
        var name = "infraai_" + DATABASES.incrementAndGet();
        SHARED.runAsSuperuser("CREATE DATABASE " + name + " OWNER " + Credentials.OWNER);
        return new Database(SHARED.servers, name);
    }

    /**
     * @param target the last migration to apply, or {@code latest}
     */
    public Database migrated(String target) {
        Flyway.configure()
                .dataSource(url(), Credentials.OWNER, servers.credentials().owner())
                .target(target)
                .load()
                .migrate();
        return this;
    }

    private String url() {
        return servers.jdbcUrl().replaceFirst("/infraai$", "/" + name);
    }

    /** As the application's role, on this database of whatever server listens there. */
    Pool pool(int port) {
        var options = new PgConnectOptions()
                .setHost("127.0.0.1")
                .setPort(port)
                .setDatabase(name)
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

    Pool pool() {
        return pool;
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

    /** Runs statements past row-level security, which also stands between the owner and some tables. */
    public void runAsSuperuser(String sql) {
        try (var connection = as(Credentials.SUPERUSER, servers.credentials().superuser());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** The first column, past row-level security. */
    public List<String> queryAsSuperuser(String sql, String... parameters) {
        try (var connection = as(Credentials.SUPERUSER, servers.credentials().superuser());
                var statement = connection.prepareStatement(sql)) {
            for (var i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            var list = new ArrayList<String>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    list.add(rows.getString(1));
                }
            }
            return list;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** As services connect, without a pool; parameters stay in the text. */
    public Connection application() throws SQLException {
        return DriverManager.getConnection(
                url() + "?preferQueryMode=simple",
                Credentials.APP,
                servers.credentials().app());
    }

    public Connection owner() throws SQLException {
        return as(Credentials.OWNER, servers.credentials().owner());
    }

    private Connection as(String role, String password) throws SQLException {
        return DriverManager.getConnection(url(), role, password);
    }

    public void close() throws Exception {
        pool.closeAndAwait();
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
