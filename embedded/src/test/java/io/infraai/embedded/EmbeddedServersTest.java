package io.infraai.embedded;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class EmbeddedServersTest {

    @TempDir
    Path directory;

    @Test
    void dataAndPasswordsSurviveARestart() throws Exception {
        String password;
        try (var servers = EmbeddedServers.start(directory)) {
            password = servers.credentials().owner();
            execute(servers, "CREATE TABLE kept (word text)");
            execute(servers, "INSERT INTO kept VALUES ('still here')");
        }

        try (var servers = EmbeddedServers.start(directory)) {
            assertThat(servers.credentials().owner()).isEqualTo(password);
            assertThat(single(servers, "SELECT word FROM kept")).isEqualTo("still here");
        }
    }

    @Test
    void aSecondStartOnTheSameDirectoryNamesTheProcessThatHasIt() {
        try (var servers = EmbeddedServers.start(directory)) {
            assertThat(servers.postgresPort()).isPositive();
            assertThatThrownBy(() -> EmbeddedServers.start(directory))
                    .isInstanceOf(DirectoryInUse.class)
                    .hasMessageContaining(Long.toString(ProcessHandle.current().pid()))
                    .hasMessageContaining(directory.toString());
        }
    }

    @Test
    void serversLeftBehindByAKilledProcessAreStoppedFirst() throws Exception {
        var killed = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        LeavesServersBehind.class.getName(),
                        directory.toString())
                .redirectErrorStream(true)
                .redirectOutput(new File(directory.toFile(), "killed.log"))
                .start();
        assertThat(killed.waitFor(60, TimeUnit.SECONDS)).isTrue();
        var postmaster = Long.parseLong(
                Files.readAllLines(directory.resolve("postgres/postmaster.pid")).getFirst());
        var redis =
                Long.parseLong(Files.readString(directory.resolve("redis.pid")).strip());
        assertThat(ProcessHandle.of(postmaster)).isPresent();
        assertThat(ProcessHandle.of(redis)).isPresent();

        try (var servers = EmbeddedServers.start(directory)) {
            assertThat(ProcessHandle.of(postmaster)).isEmpty();
            assertThat(ProcessHandle.of(redis)).isEmpty();
            assertThat(single(servers, "SELECT word FROM left_behind")).isEqualTo("committed");
        }
    }

    @Test
    void aKilledServerStartsAgainOnItsPortAndData() throws Exception {
        try (var servers = EmbeddedServers.temporary()) {
            var port = servers.postgresPort();
            execute(servers, "CREATE TABLE kept (word text)");
            servers.killPostgres();
            servers.killRedis();
            assertThatThrownBy(() -> single(servers, "SELECT 1")).isInstanceOf(SQLException.class);

            servers.startPostgres();
            servers.startRedis();

            assertThat(servers.postgresPort()).isEqualTo(port);
            assertThat(single(servers, "SELECT count(*) FROM kept")).isEqualTo("0");
            assertThat(RedisProbe.processId(
                            servers.redisPort(), servers.credentials().redis()))
                    .isPresent();
        }
    }

    @Test
    void nobodyGetsInWithoutThePassword() {
        try (var servers = EmbeddedServers.temporary()) {
            assertThat(RedisProbe.processId(servers.redisPort(), "guess")).isEmpty();
            for (var role : new String[] {"postgres", Credentials.OWNER, Credentials.APP}) {
                assertThatThrownBy(() -> DriverManager.getConnection(servers.jdbcUrl(), role, "guess"))
                        .hasMessageContaining("password authentication failed");
            }
        }
    }

    @Test
    void theApplicationRoleCanNeitherPassRowSecurityNorMakeTables() throws Exception {
        try (var servers = EmbeddedServers.temporary()) {
            assertThat(single(servers, "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = 'infraai_app'"))
                    .isEqualTo("f");
            try (var app = DriverManager.getConnection(
                            servers.jdbcUrl(),
                            Credentials.APP,
                            servers.credentials().app());
                    var statement = app.createStatement()) {
                assertThatThrownBy(() -> statement.execute("CREATE TABLE mine (id int)"))
                        .hasMessageContaining("permission denied");
            }
        }
    }

    @Test
    void aTemporaryDirectoryGoesAwayWithItsServers() {
        Path where;
        try (var servers = EmbeddedServers.temporary()) {
            where = servers.directory();
            assertThat(where).isDirectory();
        }
        assertThat(where).doesNotExist();
    }

    private static void execute(EmbeddedServers servers, String sql) throws SQLException {
        try (var connection = owner(servers);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String single(EmbeddedServers servers, String sql) throws SQLException {
        try (var connection = owner(servers);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }

    private static Connection owner(EmbeddedServers servers) throws SQLException {
        DriverManager.setLoginTimeout((int) Duration.ofSeconds(5).toSeconds());
        return DriverManager.getConnection(
                servers.jdbcUrl(), Credentials.OWNER, servers.credentials().owner());
    }

    /** Starts the servers and ends without a word, as after a SIGKILL. */
    static final class LeavesServersBehind {

        private LeavesServersBehind() {}

        public static void main(String... args) throws SQLException {
            @SuppressWarnings("resource") // never closed: that is the point
            var servers = EmbeddedServers.start(Path.of(args[0]));
            execute(servers, "CREATE TABLE left_behind AS SELECT 'committed' AS word");
            Runtime.getRuntime().halt(137);
        }
    }
}
