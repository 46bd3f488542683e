package io.infraai.standalone.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds docs/streams.md and deploy/redis to the channels of the services; with {@code INFRAAI_WRITE_DOCS=1} in the environment it
 * writes them anew.
 */
class StreamsTest {

    private static final List<Wire> WIRES = Wire.all();
    private static final RedisUsers USERS = new RedisUsers(WIRES);

    @Test
    void thePageSaysWhoRingsAndHearsWhat() throws IOException {
        assertUpToDate(Path.of("..", "docs", "streams.md"), StreamsPage.of(WIRES));
    }

    @Test
    void theUsersOfRedisMayDoWhatTheirServicesNeed() throws IOException {
        assertUpToDate(RedisFiles.DIRECTORY.resolve("users.acl"), USERS.ofServers());
    }

    @Test
    void theUsersOfSentinelMayAskForTheMaster() throws IOException {
        assertUpToDate(RedisFiles.DIRECTORY.resolve("sentinel-users.acl"), USERS.ofSentinels());
    }

    @Test
    void everyChannelHasItsMessage() {
        assertThat(WIRES).isNotEmpty().noneMatch(wire -> wire.message().isEmpty());
    }

    @Test
    void nobodyMayDoEverything() throws IOException {
        assertThat(Files.readString(RedisFiles.DIRECTORY.resolve("users.acl")))
                .doesNotContain("+@", "~* ", "allkeys", "allcommands", "nopass");
    }

    private static void assertUpToDate(Path file, String wanted) throws IOException {
        if (System.getenv("INFRAAI_WRITE_DOCS") != null) {
            Files.writeString(file, wanted);
        }

        assertThat(Files.readString(file)).isEqualTo(wanted);
    }
}
