package io.infraai.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;

/**
 * A PostgreSQL that follows an embedded one and can be read from, for tests. Copied file by file, as the programs that come along
 * have no {@code pg_basebackup}. Its directory is inside the other's and goes away with it.
 */
public final class EmbeddedReplica implements AutoCloseable {

    /** The other server's own, and what the replica fetches by itself. */
    private static final Set<Path> NOT_COPIED =
            Set.of(Path.of("postmaster.pid"), Path.of("postmaster.opts"), Path.of("pg_wal"));

    private final PostgresServer server;
    private final Credentials credentials;

    private EmbeddedReplica(PostgresServer server, Credentials credentials) {
        this.server = server;
        this.credentials = credentials;
    }

    /** Starts one that has all that the primary has committed so far. */
    public static EmbeddedReplica of(EmbeddedServers primary) {
        try {
            var directory = Files.createTempDirectory(primary.directory(), "replica-");
            var data = Files.createDirectory(directory.resolve("postgres"));
            copy(primary, data, Unprivileged.forThisUser(directory.resolve("postgres.log")));
            var server = new PostgresServer(EmbeddedOptions.throwaway(directory), primary.credentials());
            server.start();
            return new EmbeddedReplica(server, primary.credentials());
        } catch (IOException | SQLException e) {
            throw new IllegalStateException("The replica doesn't start", e);
        }
    }

    private static void copy(EmbeddedServers primary, Path data, Unprivileged unprivileged)
            throws IOException, SQLException {
        var credentials = primary.credentials();
        try (var connection = DatabaseSetup.connect(primary.postgresPort(), "postgres", credentials)) {
            single(connection, "SELECT pg_backup_start('replica', true)");
            copyTree(primary.directory().resolve("postgres"), data);
            Files.writeString(
                    data.resolve("backup_label"), single(connection, "SELECT labelfile FROM pg_backup_stop(false)"));
        }
        Files.createDirectories(data.resolve("pg_wal/archive_status"));
        Files.createDirectories(data.resolve("pg_wal/summaries"));
        Files.createFile(data.resolve("standby.signal"));
        Files.writeString(
                data.resolve("postgresql.auto.conf"),
                "primary_conninfo = 'host=127.0.0.1 port=%d user=%s password=%s'\n"
                        .formatted(primary.postgresPort(), Credentials.SUPERUSER, credentials.superuser()));
        EmbeddedFiles.makePrivate(data);
        try (var paths = Files.walk(data)) {
            for (var path : paths.toList()) {
                unprivileged.own(path);
            }
        }
    }

    private static void copyTree(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                if (NOT_COPIED.contains(from.relativize(directory))) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(to.resolve(from.relativize(directory)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (!NOT_COPIED.contains(from.relativize(file))) {
                    try {
                        Files.copy(file, to.resolve(from.relativize(file)));
                    } catch (NoSuchFileException e) {
                        return visitFileFailed(file, e);
                    }
                }
                return FileVisitResult.CONTINUE;
            }

            // what goes away while the server runs isn't needed: the log says what became of it
            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }
        });
    }

    public int port() {
        return server.port();
    }

    /** Keeps what it receives from now on from being seen. */
    public void holdBack() {
        ask("""
                DO $$ BEGIN
                    PERFORM pg_wal_replay_pause();
                    WHILE pg_get_wal_replay_pause_state() <> 'paused' LOOP PERFORM pg_sleep(0.01); END LOOP;
                END $$""");
    }

    public void catchUp() {
        ask("SELECT pg_wal_replay_resume()");
    }

    /** Makes it a primary, and waits until it is one. */
    public void promote() {
        ask("SELECT pg_promote()");
    }

    /** As a power cut would. */
    public void kill() {
        server.kill();
    }

    /** Starts a killed one again, on the same port and data. */
    public void start() {
        try {
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException("The replica doesn't start again", e);
        }
    }

    @Override
    public void close() {
        server.stop();
    }

    private void ask(String sql) {
        try (var connection = DatabaseSetup.connect(server.port(), "postgres", credentials);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private static String single(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return String.valueOf(rows.getObject(1));
        }
    }
}
