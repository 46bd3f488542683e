package io.infraai.standalone.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

import io.infraai.testkit.EmbeddedServices;
import io.infraai.testkit.RedisLine;
import io.infraai.testkit.lab.RealPeer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A Redis that knows nobody but the users of deploy/redis. */
class RedisUsersTest {

    static final List<String> SERVICES = Wire.SERVICES;

    private static final List<Wire> WIRES = Wire.all();

    @TempDir
    static Path home;

    private static RedisFiles files;
    private static RealPeer redis;
    private static int port;

    @BeforeAll
    static void start() throws IOException {
        files = RedisFiles.filledIn(home.resolve("users"));
        port = RealPeer.freePort();
        Files.writeString(home.resolve("redis.conf"), """
                bind 127.0.0.1
                port %d
                save ""
                aclfile %s
                """.formatted(port, files.users()));
        redis = RealPeer.start(home, embeddedProgram(), port, List.of("redis.conf"))
                .readyWhen(RedisUsersTest::answers);
    }

    @AfterAll
    static void stop() {
        redis.close();
    }

    @ParameterizedTest
    @FieldSource("SERVICES")
    void aServiceCanDoAllThatItsChannelsDo(String service) {
        try (var line = line(service)) {
            line.ask("PING");
            WIRES.stream().filter(wire -> wire.service().equals(service)).forEach(wire -> use(line, wire));
        }
    }

    @ParameterizedTest
    @FieldSource("SERVICES")
    void aServiceCanNeitherReadNorWriteTheStreamsOfOthers(String service) {
        var own = new TreeSet<>(WIRES.stream()
                .filter(wire -> wire.service().equals(service))
                .map(Wire::stream)
                .toList());
        var others = new TreeSet<>(WIRES.stream().map(Wire::stream).toList());
        others.removeAll(own);
        try (var line = line(service)) {
            assertThat(others).isNotEmpty().allSatisfy(stream -> {
                assertRefused(line, "XADD", key(stream), "*", "data", "{}");
                assertRefused(line, "XREADGROUP", "GROUP", "g", "c", "STREAMS", key(stream), ">");
                assertRefused(line, "XREAD", "STREAMS", key(stream), "0");
                assertRefused(line, "XGROUP", "CREATE", key(stream), "g", "0", "MKSTREAM");
            });
        }
    }

    @ParameterizedTest
    @FieldSource("SERVICES")
    void aServiceCanDoNothingElseToItsOwn(String service) {
        var stream = WIRES.stream().filter(wire -> wire.service().equals(service)).findFirst().orElseThrow().stream();
        try (var line = line(service)) {
            assertRefused(line, "DEL", key(stream));
            assertRefused(line, "XTRIM", key(stream), "MAXLEN", "0");
            assertRefused(line, "XGROUP", "DESTROY", key(stream), "worker");
            assertRefused(line, "FLUSHALL");
            assertRefused(line, "CONFIG", "GET", "*");
            assertRefused(line, "ACL", "LIST");
            assertRefused(line, "CLUSTER", "RESET");
            assertRefused(line, "KEYS", "*");
        }
    }

    @Test
    void aScalerMayLookAtTheTasksAlone() {
        try (var worker = line("worker");
                var scaler = line("keda")) {
            worker.ask("XADD", "infraai:{tasks}", "*", "data", "{}");

            assertThat(scaler.ask("XLEN", "infraai:{tasks}")).isNotEqualTo("0");
            scaler.ask("XINFO", "GROUPS", "infraai:{tasks}");
            scaler.ask("INFO", "server");
            assertRefused(scaler, "XADD", "infraai:{tasks}", "*", "data", "{}");
            assertRefused(scaler, "XLEN", "infraai:{turns}");
        }
    }

    @Test
    void nobodyGetsInWithoutAName() {
        try (var line = RedisLine.to(port)) {
            assertThatThrownBy(() -> line.ask("PING")).hasMessageStartingWith("NOAUTH");
            assertThatThrownBy(() -> line.ask("AUTH", "infraai-worker", "infraai-worker"))
                    .hasMessageStartingWith("WRONGPASS");
        }
    }

    @Test
    void theFileAsItComesDoesNotLoad() throws IOException {
        var unfilled = home.resolve("unfilled.conf");
        Files.writeString(
                unfilled,
                "port 0\nunixsocket " + home.resolve("unfilled.sock") + "\naclfile "
                        + RedisFiles.DIRECTORY.resolve("users.acl").toAbsolutePath() + "\n");

        var started = Program.run(embeddedProgram(), unfilled.toString());

        assertThat(started.exit()).isNotZero();
        assertThat(started.output()).contains("ACL");
    }

    /** As the connector does. */
    private static void use(RedisLine line, Wire wire) {
        var key = key(wire.stream());
        if (!wire.incoming()) {
            line.ask("XADD", key, "MAXLEN", "~", "1000", "*", "data", "{}");
            if (wire.expires()) {
                line.ask("PEXPIRE", key, "60000");
            }
        } else if (wire.group().isEmpty()) {
            line.ask("XREVRANGE", key, "+", "-", "COUNT", "1");
            line.ask("XREAD", "COUNT", "1", "BLOCK", "1", "STREAMS", key, "0-0");
        } else {
            useAsGroup(line, key, wire.group().orElseThrow());
        }
    }

    private static void useAsGroup(RedisLine line, String key, String group) {
        line.ask("XGROUP", "CREATE", key, group, "0", "MKSTREAM");
        line.ask("XREADGROUP", "GROUP", group, "c", "COUNT", "1", "BLOCK", "1", "STREAMS", key, ">");
        line.ask("XPENDING", key, group, "IDLE", "0", "-", "+", "1");
        line.ask("XCLAIM", key, group, "c", "0", "0-1", "JUSTID");
        line.ask("XACK", key, group, "0-1");
        line.ask("XADD", key + ":dead", "*", "data", "{}");
    }

    private static void assertRefused(RedisLine line, String... command) {
        assertThatThrownBy(() -> line.ask(command))
                .as(String.join(" ", command))
                .isInstanceOf(RedisLine.Refused.class)
                .hasMessageStartingWith("NOPERM");
    }

    private static String key(String stream) {
        return stream.replace("*", "0123-abcd");
    }

    private static RedisLine line(String service) {
        var user = RedisUsers.nameOf(service);
        return RedisLine.to(port, user, files.password(user));
    }

    private static boolean answers() {
        try (var line = line("worker")) {
            return line.ask("PING").equals("PONG");
        } catch (UncheckedIOException _) {
            return false;
        }
    }

    /** The one that comes along, unpacked for whichever test came first. */
    private static String embeddedProgram() throws IOException {
        var pid = Files.readString(EmbeddedServices.servers().directory().resolve("redis.pid"))
                .strip();
        return ProcessHandle.of(Long.parseLong(pid))
                .orElseThrow()
                .info()
                .command()
                .orElseThrow();
    }
}
