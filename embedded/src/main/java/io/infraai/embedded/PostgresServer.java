package io.infraai.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/** One PostgreSQL on loopback, with passwords from the first moment. */
final class PostgresServer {

    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

    private final EmbeddedOptions options;
    private final Credentials credentials;
    private final Path data;
    private final Path log;
    private int port;
    private @Nullable Process process;

    PostgresServer(EmbeddedOptions options, Credentials credentials) {
        this.options = options;
        this.credentials = credentials;
        this.data = options.directory().resolve("postgres");
        this.log = options.directory().resolve("postgres.log");
        this.port = options.postgresPort();
    }

    int port() {
        return port;
    }

    void start() throws IOException {
        var binaries = PostgresBinaries.find(options.directory());
        var unprivileged = Unprivileged.forThisUser(log);
        stopOrphan(binaries, unprivileged);
        if (!Files.exists(data.resolve("postgresql.conf"))) {
            create(binaries, unprivileged);
        }
        if (port == 0) {
            port = ServerProcess.freePort();
        }
        var started = ServerProcess.start(unprivileged.command(command(binaries)), log);
        process = started;
        ServerProcess.awaitReady(started, this::answers, START_LIMIT, log);
    }

    void stop() {
        var running = process;
        if (running == null) {
            return;
        }
        try {
            var binaries = PostgresBinaries.find(options.directory());
            stopInOrder(running.toHandle(), binaries, Unprivileged.forThisUser(log));
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL doesn't stop", e);
        }
        process = null;
    }

    void kill() {
        var running = process;
        if (running != null) {
            ServerProcess.kill(running.toHandle());
            process = null;
        }
    }

    private void create(PostgresBinaries binaries, Unprivileged unprivileged) throws IOException {
        var password = options.directory().resolve("postgres.password");
        var draft = options.directory().resolve("postgres.draft");
        EmbeddedFiles.delete(draft);
        Credentials.writePrivate(password, credentials.superuser());
        Files.createDirectory(draft);
        unprivileged.own(draft);
        unprivileged.own(password);
        var command = new ArrayList<String>(List.of(
                binaries.program("initdb"),
                "--pgdata=" + draft,
                "--username=" + Credentials.SUPERUSER,
                "--pwfile=" + password,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--no-locale"));
        if (options.throwaway()) {
            command.add("--no-sync");
        }
        var code = ServerProcess.run(unprivileged.command(command), log);
        Files.delete(password);
        if (code != 0) {
            throw new IOException("initdb ended with " + code + ", see " + log);
        }
        // a crash above leaves only the draft, which the next start throws away
        EmbeddedFiles.delete(data);
        Files.move(draft, data);
    }

    private List<String> command(PostgresBinaries binaries) {
        var command = new ArrayList<String>(List.of(binaries.program("postgres"), "-D", data.toString()));
        setting(command, "port", Integer.toString(port));
        setting(command, "listen_addresses", "127.0.0.1");
        setting(command, "unix_socket_directories", "");
        setting(command, "max_connections", "100");
        setting(command, "shared_buffers", "128MB");
        setting(command, "max_wal_size", "512MB");
        setting(command, "jit", "off");
        // a newcomer's tables grow from nothing: a minute, the default, is long for plans made without statistics
        setting(command, "autovacuum_naptime", "5s");
        setting(command, "synchronous_commit", "on");
        setting(command, "fsync", options.throwaway() ? "off" : "on");
        setting(command, "full_page_writes", options.throwaway() ? "off" : "on");
        return command;
    }

    private static void setting(List<String> command, String name, String value) {
        command.add("-c");
        command.add(name + "=" + value);
    }

    private boolean answers() {
        try (var connection = DatabaseSetup.connect(port, "postgres", credentials)) {
            return connection.isValid(2);
        } catch (SQLException e) {
            return false;
        }
    }

    private void stopInOrder(ProcessHandle running, PostgresBinaries binaries, Unprivileged unprivileged)
            throws IOException {
        var stop = List.of(binaries.program("pg_ctl"), "stop", "-D", data.toString(), "-m", "fast", "-W");
        ServerProcess.run(unprivileged.command(stop), log);
        if (!ServerProcess.awaitEnd(running, STOP_LIMIT)) {
            ServerProcess.kill(running);
        }
    }

    private void stopOrphan(PostgresBinaries binaries, Unprivileged unprivileged) throws IOException {
        var orphan = orphan();
        if (orphan.isPresent()) {
            stopInOrder(orphan.get(), binaries, unprivileged);
        }
    }

    /** The server that a killed process left running on this very directory. */
    private Optional<ProcessHandle> orphan() throws IOException {
        var pidFile = data.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return Optional.empty();
        }
        var lines = Files.readAllLines(pidFile);
        if (lines.size() < 2 || !lines.get(1).strip().equals(data.toString())) {
            return Optional.empty();
        }
        // the pid may have gone to someone else since: only a postgres is one of ours
        return ProcessHandle.of(Long.parseLong(lines.get(0).strip()))
                .filter(it -> it.info().command().orElse("").endsWith("postgres"));
    }
}
