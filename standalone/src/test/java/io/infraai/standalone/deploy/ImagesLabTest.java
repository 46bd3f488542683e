package io.infraai.standalone.deploy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.infraai.embedded.EmbeddedServers;
import io.infraai.standalone.services.ServiceProcess;
import io.infraai.testkit.lab.RealPeer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** The images of {@code ./infraai images --base host}, or of a base that could be pulled, run as nobody in particular. */
@Tag("lab")
class ImagesLabTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** Java refuses to start when the cache is of another Java, of other jars or other options. */
    private static final Map<String, String> CACHED = Map.of("JDK_JAVA_OPTIONS", "-XX:AOTMode=on");

    private static EmbeddedServers servers;

    @TempDir
    Path directory;

    @BeforeAll
    static void start() {
        RealPeer.assumeInstalled("unshare", "setpriv", "tar");
        assumeTrue("root".equals(System.getProperty("user.name")), "only root may mount");
        servers = EmbeddedServers.temporary();
    }

    @AfterAll
    static void stop() {
        if (servers != null) {
            servers.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway", "healing", "engine", "worker", "standalone"})
    void itIsReadyWithAReadOnlyRootAsAUserWithoutRights(String service) throws Exception {
        assumeTrue(Files.exists(Image.file(service)), "no image: run ./infraai images --base host");
        var image = Image.unpack(service, directory);
        var port = ServiceProcess.freePort();
        var alone = service.equals("standalone");
        var management = alone ? port : ServiceProcess.freePort();
        var log = Files.createDirectories(Path.of("target", "services")).resolve("image-" + service + ".log");
        var process = alone
                ? image.run(CACHED, List.of("--port", Integer.toString(port)), log)
                : image.run(environment(port, management), List.of(), log);
        try {
            await().atMost(PATIENCE).until(() -> !process.isAlive() || isReady(management));

            assertThat(process.isAlive())
                    .as(() -> "alive; it said " + read(log))
                    .isTrue();
            assertThat(status(process.pid()))
                    .containsPattern("Uid:\\s+10001\\s+10001\\s+10001\\s+10001")
                    .containsPattern("CapEff:\\s+0000000000000000");
            assertThat(Path.of("/proc", Long.toString(process.pid()), "root", "opt", "infraai", "jvm.options"))
                    .hasSameTextualContentAs(image.root().resolve("opt/infraai/jvm.options"));
        } finally {
            process.destroy();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static Map<String, String> environment(int port, int management) {
        Map<String, String> environment = new HashMap<>(CACHED);
        servers.asProperties().forEach((key, value) -> environment.put(variable(key), value));
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(port));
        environment.put("QUARKUS_MANAGEMENT_PORT", Integer.toString(management));
        environment.put("INFRAAI_ADMIN_KEY_FILE", "/tmp/admin.key");
        environment.put("INFRAAI_API_KEY_PEPPER_FILE", "/tmp/pepper");
        return environment;
    }

    private static String variable(String key) {
        return key.replaceAll("[.-]", "_").toUpperCase(Locale.ROOT);
    }

    private static String status(long pid) throws IOException {
        return Files.readString(Path.of("/proc", Long.toString(pid), "status"));
    }

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static boolean isReady(int port) throws InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/q/health/ready"))
                    .timeout(Duration.ofSeconds(2))
                    .build();
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException _) {
            return false;
        }
    }
}
