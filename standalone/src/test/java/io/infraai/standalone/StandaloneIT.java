package io.infraai.standalone;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The packaged program as a newcomer starts and stops it. */
class StandaloneIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    Path home;

    @Test
    void endingItEndsItsServersAndASecondStartFindsItsData() throws Exception {
        var key = "";
        for (var start = 0; start < 2; start++) {
            var port = freePort();
            var program = start(port);
            await().atMost(PATIENCE).until(() -> isReady(port));
            assertThat(key).isIn("", adminKey());
            key = adminKey();
            var servers = List.of(pid("postgres/postmaster.pid"), pid("redis.pid"));
            assertThat(servers)
                    .allSatisfy(server -> assertThat(server.isAlive()).isTrue());

            program.destroy();

            assertThat(program.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(servers)
                    .allSatisfy(server -> assertThat(server.isAlive()).isFalse());
        }
    }

    @Test
    void aSecondOneOnTheSameDataSaysWhoHasThem() throws Exception {
        var port = freePort();
        var first = start(port);
        try {
            await().atMost(PATIENCE).until(() -> isReady(port));

            var second = start(freePort());

            assertThat(second.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(second.exitValue()).isEqualTo(1);
            assertThat(new String(second.getErrorStream().readAllBytes(), UTF_8))
                    .contains("in use by process " + first.pid());
        } finally {
            first.destroy();
            assertThat(first.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aPortThatIsTakenIsNamed() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var program = start(taken.getLocalPort());

            assertThat(program.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(new String(program.getErrorStream().readAllBytes(), UTF_8))
                    .contains("port " + taken.getLocalPort() + " is taken")
                    .contains("--port");
        }
    }

    private Process start(int port) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx512m",
                        "-Dinfraai.home=" + home,
                        "-jar",
                        Path.of("target", "quarkus-app", "quarkus-run.jar").toString(),
                        "--port",
                        Integer.toString(port))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private String adminKey() throws IOException {
        return Files.readString(home.resolve("admin.key"));
    }

    private ProcessHandle pid(String file) throws IOException {
        var pid = Files.readAllLines(home.resolve(file)).getFirst().strip();
        return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
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

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
