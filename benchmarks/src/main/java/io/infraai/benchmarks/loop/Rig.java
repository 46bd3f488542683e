package io.infraai.benchmarks.loop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.StreamSupport;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;

import io.infraai.embedded.EmbeddedServers;

/** One PostgreSQL, with its commits on disk, and one Redis; beside them, as processes, InfraAI and the skeleton. */
public final class Rig implements AutoCloseable {

    private final Path root;
    private final Path home;
    private final EmbeddedServers servers;
    private final Vertx vertx = Vertx.vertx();
    private final Pool owner;

    /** For the services of the working directory. */
    public Rig() {
        this(Path.of(""));
    }

    /**
     * @param root where the modules are
     */
    public Rig(Path root) {
        this.root = root;
        try {
            home = Files.createTempDirectory("infraai-bench-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        servers = EmbeddedServers.start(home.resolve("servers"));
        // whoever interrupts a benchmark wants no servers left behind
        Runtime.getRuntime().addShutdownHook(new Thread(servers::close));
        owner = PgBuilder.pool()
                .with(new PoolOptions().setMaxSize(2))
                .connectingTo(PgConnectOptions.fromUri(databaseUri()))
                .using(vertx)
                .build();
    }

    public Vertx vertx() {
        return vertx;
    }

    /** Closed with the rig. */
    public EmbeddedServers servers() {
        return servers;
    }

    /**
     * InfraAI in one process, with a tool that does nothing.
     *
     * @param more properties, as {@code -Dkey=value}
     */
    public ServerProcess infraai(String... more) {
        var port = ServerProcess.freePort();
        List<String> arguments = new ArrayList<>();
        servers.asProperties().forEach((key, value) -> arguments.add("-D" + key + "=" + value));
        arguments.addAll(List.of(more));
        arguments.addAll(List.of(
                "-Dinfraai.home=" + home.resolve("infraai"),
                "-Dinfraai.no-operation=true",
                "-Dquarkus.log.level=WARN",
                "-jar",
                "standalone/target/quarkus-app/quarkus-run.jar",
                "--port",
                Integer.toString(port)));
        return ServerProcess.start(port, arguments, log("infraai"));
    }

    /**
     * A service as production runs it. It is ready a while after it listens.
     *
     * @param more properties beside those of the servers
     * @return whose port is that of its health and metrics
     */
    public ServerProcess service(String module, String name, Map<String, String> more) {
        var management = ServerProcess.freePort();
        return ServerProcess.start(management, arguments(module, management, more), log(name));
    }

    /** What a service of these servers is started with, behind the options of its virtual machine. */
    public List<String> arguments(String module, int management, Map<String, String> more) {
        Map<String, String> properties = new LinkedHashMap<>(servers.asProperties());
        properties.putAll(more);
        properties.put("quarkus.management.host", "127.0.0.1");
        properties.put("quarkus.management.port", Integer.toString(management));
        properties.put("quarkus.log.level", "WARN");
        List<String> arguments = new ArrayList<>();
        properties.forEach((key, value) -> arguments.add("-D" + key + "=" + value));
        arguments.addAll(List.of(
                "-jar",
                root.resolve(Path.of(module, "target", "quarkus-app", "quarkus-run.jar"))
                        .toString()));
        return arguments;
    }

    /** What a gateway is started with, so that its first key, in {@link #adminKey}, may do all that a run wants. */
    public Map<String, String> gateway() {
        return Map.of(
                "infraai.policies.default-mode", "auto",
                "infraai.four-eyes", "false",
                "infraai.admin-key-all-roles", "true",
                "infraai.admin-key-file", adminKey().toString(),
                "infraai.api-key-pepper-file", home.resolve("pepper").toString());
    }

    public Path adminKey() {
        return home.resolve("admin.key");
    }

    /** For what a benchmark's processes leave behind; goes with the rig. */
    public Path home() {
        return home;
    }

    ServerProcess skeleton() {
        var port = ServerProcess.freePort();
        return ServerProcess.start(
                port,
                List.of(
                        "-cp",
                        System.getProperty("java.class.path"),
                        Skeleton.class.getName(),
                        Integer.toString(port),
                        databaseUri(),
                        redisUri()),
                log("skeleton"));
    }

    /** Outlives the run, for whoever asks why it failed. */
    public Path log(String name) {
        return root.resolve(Path.of("benchmarks", "target", name + ".log"));
    }

    /** The key that InfraAI writes at its start, which may be a moment after it listens; one without meaning for the skeleton. */
    public String key() {
        var file = home.resolve("infraai").resolve("admin.key");
        for (long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
                !Files.exists(file) && System.nanoTime() < until; ) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("InfraAI wrote no key; see the logs in " + home, e);
        }
    }

    void policy(ServerProcess infraai) {
        var document = """
                {"name":"Benchmark","mode":"auto","condition":{"labels":{"alertname":"BenchmarkLoop"}},
                 "action":{"tool":"no_operation","params":{"target":"${label.target}"}}}""";
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + infraai.port() + "/api/policies"))
                .header("Content-Type", "application/json")
                .header("X-API-KEY", key())
                .POST(BodyPublishers.ofString(document))
                .build();
        try (var http = HttpClient.newHttpClient()) {
            var answer = http.send(request, BodyHandlers.ofString());
            if (answer.statusCode() != 201) {
                throw new IllegalStateException(answer.body());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** InfraAI is ready a moment before its tools are known. */
    public void awaitTool(String name) {
        for (long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
                query("SELECT 1 FROM tool WHERE name = $1", name).isEmpty() && System.nanoTime() < until; ) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
        // conversations believe what they knew for a second
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(2));
    }

    public List<Row> query(String sql, Object... arguments) {
        var rows = Load.join(owner.preparedQuery(sql).execute(Tuple.from(arguments)));
        return StreamSupport.stream(rows.spliterator(), false).toList();
    }

    /** All transactions of the database so far, reading ones and InfraAI's sweeps included. */
    public long commits() {
        return query("SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()")
                .getFirst()
                .getLong(0);
    }

    /** How many transactions have written something so far; exact at once, unlike the statistics. */
    public long writes() {
        return query("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint")
                .getFirst()
                .getLong(0);
    }

    /** How much the database has written to its log so far. */
    public long logBytes() {
        return query("SELECT (pg_current_wal_insert_lsn() - '0/0')::bigint")
                .getFirst()
                .getLong(0);
    }

    Pool database() {
        return owner;
    }

    public String redisUri() {
        return "redis://:" + servers.credentials().redis() + "@127.0.0.1:" + servers.redisPort();
    }

    private String databaseUri() {
        return "postgresql://infraai_owner:" + servers.credentials().owner() + "@127.0.0.1:" + servers.postgresPort()
                + "/infraai";
    }

    @Override
    public void close() {
        owner.close();
        vertx.close();
        servers.close();
        delete(home);
    }

    private static void delete(Path directory) {
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
