package io.infraai.testkit.lab;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
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
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.awaitility.core.ConditionTimeoutException;
import org.awaitility.core.TerminalFailureException;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** A server that somebody else wrote, started from its installed program on loopback, for as long as a test takes. */
public final class RealPeer implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Process process;
    private final int port;
    private final Path log;

    private RealPeer(Process process, int port, Path log) {
        this.process = process;
        this.port = port;
        this.log = log;
    }

    /** Skips the test, and says where to learn how to get them, when one of the programs isn't in the PATH. */
    public static void assumeInstalled(String... programs) {
        for (var program : programs) {
            assumeTrue(find(program).isPresent(), program + " isn't in the PATH; ./infraai lab tells how to get it");
        }
    }

    private static Optional<Path> find(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(directory -> Path.of(directory).resolve(program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * @param home where it runs, and where its log {@code <program>.log} goes
     * @param program its name in the PATH, or where it is
     * @param port which of the arguments tell it to listen on
     */
    public static RealPeer start(Path home, String program, int port, List<String> arguments) {
        var command = Stream.concat(Stream.of(find(program).orElseThrow().toString()), arguments.stream())
                .toList();
        try {
            var log = Files.createDirectories(home).resolve(Path.of(program).getFileName() + ".log");
            var process = new ProcessBuilder(command)
                    .directory(home.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            return new RealPeer(process, port, log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until a path answers 200. */
    public RealPeer ready(String path) {
        return readyWhen(() -> answers(path));
    }

    /** Waits; what never gets ready is stopped, and its log shown. */
    public RealPeer readyWhen(Callable<Boolean> condition) {
        try {
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(100))
                    .failFast("it died: " + log, () -> !process.isAlive())
                    .until(condition);
            return this;
        } catch (ConditionTimeoutException | TerminalFailureException e) {
            close();
            throw new IllegalStateException(e.getMessage() + "\n" + lastLines(), e);
        }
    }

    /** One that nobody listens on now. */
    public static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String url() {
        return "http://127.0.0.1:" + port;
    }

    public String get(String path) {
        return send(HttpRequest.newBuilder(URI.create(url() + path)).GET()).body();
    }

    public void post(String path, String json) {
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

    private String lastLines() {
        try (var lines = Files.lines(log)) {
            var all = lines.toList();
            return String.join("\n", all.subList(Math.max(0, all.size() - 20), all.size()));
        } catch (IOException e) {
            return "and no log can be read: " + e.getMessage();
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
    }
}
