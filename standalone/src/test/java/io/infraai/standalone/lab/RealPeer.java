package io.infraai.standalone.lab;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.infraai.standalone.services.ServiceProcess;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** A server that somebody else wrote, started from its installed program on loopback. */
final class RealPeer implements AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Process process;
    private final int port;

    private RealPeer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Skips the test, and says what to install, where the program isn't there. */
    static void assumeInstalled(String program, String debianPackage) {
        assumeTrue(
                find(program).isPresent(), program + " is not installed; on Debian: apt-get install " + debianPackage);
    }

    private static Optional<Path> find(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(directory -> Path.of(directory, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * @param home where its data go and its log {@code <program>.log}
     * @param readyPath answers 200 when it is ready
     */
    static RealPeer start(Path home, String program, int port, String readyPath, List<String> arguments) {
        var command = Stream.concat(Stream.of(find(program).orElseThrow().toString()), arguments.stream())
                .toList();
        try {
            Files.createDirectories(home);
            var process = new ProcessBuilder(command)
                    .directory(home.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(home.resolve(program + ".log").toFile())
                    .start();
            var peer = new RealPeer(process, port);
            await().atMost(Duration.ofSeconds(20)).until(() -> peer.answers(readyPath));
            return peer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static int freePort() {
        return ServiceProcess.freePort();
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    String get(String path) {
        return send(HttpRequest.newBuilder(URI.create(url() + path)).GET()).body();
    }

    void post(String path, String json) {
        var answer = send(HttpRequest.newBuilder(URI.create(url() + path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json)));
        if (answer.statusCode() >= 300) {
            throw new IllegalStateException(answer.statusCode() + " " + answer.body());
        }
    }

    private boolean answers(String path) {
        try {
            return send(HttpRequest.newBuilder(URI.create(url() + path)).GET()).statusCode() == 200;
        } catch (UncheckedIOException _) {
            return false;
        }
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.timeout(Duration.ofSeconds(5)).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
    }
}
