package io.infraai.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A real PostgreSQL and a real Redis on loopback, for newcomers and tests. Data stay in the directory and are found again at
 * the next start; servers that a killed process left behind on it are stopped first.
 *
 * <p>No shutdown hook is installed: whoever starts it closes it, after everything that uses the servers has ended. The methods
 * block and belong to a thread that may.
 */
public final class EmbeddedServers implements AutoCloseable {

    private final EmbeddedOptions options;
    private final DirectoryLock lock;
    private final PostgresServer postgres;
    private final RedisServer redis;
    private final Credentials credentials;

    private EmbeddedServers(EmbeddedOptions options, DirectoryLock lock, Credentials credentials) {
        this.options = options;
        this.lock = lock;
        this.credentials = credentials;
        this.postgres = new PostgresServer(options, credentials);
        this.redis = new RedisServer(options, credentials);
    }

    /**
     * Starts both servers on their data in this directory, on free ports.
     *
     * @throws DirectoryInUse when another process works on that directory
     */
    public static EmbeddedServers start(Path directory) {
        return start(EmbeddedOptions.durable(directory));
    }

    /** Starts both servers on an empty directory that goes away with them; data survive a server's crash, not the machine's. */
    public static EmbeddedServers temporary() {
        try {
            return start(EmbeddedOptions.throwaway(Files.createTempDirectory("infraai-")));
        } catch (IOException e) {
            throw new UncheckedIOException("No temporary directory for the embedded servers", e);
        }
    }

    /**
     * @throws DirectoryInUse when another process works on that directory
     */
    public static EmbeddedServers start(EmbeddedOptions options) {
        try {
            createPrivate(options.directory());
            var lock = DirectoryLock.take(options.directory());
            return started(options, lock);
        } catch (IOException e) {
            throw new UncheckedIOException("The embedded servers don't start in " + options.directory(), e);
        }
    }

    private static EmbeddedServers started(EmbeddedOptions options, DirectoryLock lock) throws IOException {
        EmbeddedServers servers = null;
        try {
            servers = new EmbeddedServers(options, lock, Credentials.in(options.directory()));
            servers.redis.start();
            servers.postgres.start();
            new DatabaseSetup(servers.credentials).apply(servers.postgres.port());
            return servers;
        } catch (IOException | RuntimeException e) {
            if (servers == null) {
                lock.close();
            } else {
                servers.close();
            }
            throw e;
        }
    }

    /**
     * What Quarkus needs to know to use the servers. Migrations run as the owner of the schema, everything else as a role that
     * row-level security holds for.
     */
    public Map<String, String> asProperties() {
        var properties = new LinkedHashMap<String, String>();
        properties.put("quarkus.datasource.jdbc.url", jdbcUrl());
        properties.put("quarkus.datasource.reactive.url", "postgresql://127.0.0.1:" + postgresPort() + "/infraai");
        properties.put("quarkus.datasource.username", Credentials.APP);
        properties.put("quarkus.datasource.password", credentials.app());
        properties.put("quarkus.flyway.username", Credentials.OWNER);
        properties.put("quarkus.flyway.password", credentials.owner());
        properties.put("quarkus.redis.hosts", "redis://:" + credentials.redis() + "@127.0.0.1:" + redisPort());
        return properties;
    }

    public String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + postgresPort() + "/infraai";
    }

    public Credentials credentials() {
        return credentials;
    }

    public Path directory() {
        return options.directory();
    }

    public int postgresPort() {
        return postgres.port();
    }

    public int redisPort() {
        return redis.port();
    }

    /** Ends PostgreSQL as a power cut would: no process of it gets to say good-bye. */
    public void killPostgres() {
        postgres.kill();
    }

    /** Starts a killed or stopped PostgreSQL again, on the same port and data. */
    public void startPostgres() {
        restart(postgres::start);
    }

    /** Ends PostgreSQL in order. */
    public void stopPostgres() {
        postgres.stop();
    }

    /** Ends Redis as a power cut would. */
    public void killRedis() {
        redis.kill();
    }

    /** Starts a killed or stopped Redis again, on the same port and data. */
    public void startRedis() {
        restart(redis::start);
    }

    /** Ends Redis in order. */
    public void stopRedis() {
        redis.stop();
    }

    @Override
    public void close() {
        redis.stop();
        postgres.stop();
        lock.close();
        if (options.throwaway()) {
            delete(options.directory());
        }
    }

    private static void restart(Start server) {
        try {
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException("An embedded server doesn't start again", e);
        }
    }

    private static void createPrivate(Path directory) throws IOException {
        Files.createDirectories(directory);
        EmbeddedFiles.makePrivate(directory);
    }

    private static void delete(Path directory) {
        try {
            EmbeddedFiles.delete(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("Can't delete " + directory, e);
        }
    }

    @FunctionalInterface
    private interface Start {
        void start() throws IOException;
    }
}
