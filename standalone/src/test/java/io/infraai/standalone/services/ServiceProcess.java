package io.infraai.standalone.services;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * One service as production runs it: its own process, which can be killed. The system property {@code infraai.test.native} takes
 * the native executables that {@code mvn -Pnative package} left.
 */
public final class ServiceProcess implements AutoCloseable {

    /** What was built just now. */
    static final Path PRESENT = Path.of("..");

    /** What {@code kill -9} leaves, and what a failpoint ends with. */
    static final int KILLED = 137;

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Process process;
    private final int port;
    private final int managementPort;
    private final Path log;

    private ServiceProcess(Process process, int port, int managementPort, Path log) {
        this.process = process;
        this.port = port;
        this.managementPort = managementPort;
        this.log = log;
    }

    /**
     * @param build where the modules are
     */
    static ServiceProcess start(Path build, String module, Map<String, String> properties) {
        return start(build, module, freePort(), properties);
    }

    static ServiceProcess start(Path build, String module, int port, Map<String, String> properties) {
        return start(build, module, port, properties, Map.of());
    }

    /** @param environment beside this process' own */
    public static ServiceProcess start(String module, Map<String, String> properties, Map<String, String> environment) {
        return start(PRESENT, module, freePort(), properties, environment);
    }

    /** Runs one that ends by itself, such as a migration, and says how it ended. */
    public static int run(String module, Map<String, String> properties, Map<String, String> environment) {
        try (var service = start(module, properties, environment)) {
            assertThat(service.process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return service.process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static ServiceProcess start(
            Path build, String module, int port, Map<String, String> properties, Map<String, String> environment) {
        var isNative = Boolean.getBoolean("infraai.test.native");
        List<String> command = new ArrayList<>(isNative ? executable(build, module) : java());
        properties.forEach((key, value) -> command.add("-D" + key + "=" + value));
        var managementPort = freePort();
        command.addAll(List.of("-Dquarkus.http.port=" + port, "-Dquarkus.http.host=127.0.0.1"));
        command.addAll(List.of("-Dquarkus.management.port=" + managementPort, "-Dquarkus.management.host=127.0.0.1"));
        if (!isNative) {
            command.addAll(List.of("-jar", jar(build, module).toString()));
        }
        try {
            var log =
                    Files.createTempFile(Files.createDirectories(Path.of("target", "services")), module + "-", ".log");
            var builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .redirectInput(new File("/dev/null"));
            builder.environment().putAll(environment);
            return new ServiceProcess(builder.start(), port, managementPort, log);
        } catch (IOException e) {
            throw new UncheckedIOException("The " + module + " doesn't start", e);
        }
    }

    private static List<String> java() {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return List.of(java, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m");
    }

    private static Path jar(Path build, String module) {
        var jar = build.resolve(Path.of(module, "target", "quarkus-app", "quarkus-run.jar"));
        assertThat(jar)
                .as("the packaged service; run mvn verify, which builds it before this test")
                .exists();
        return jar;
    }

    private static List<String> executable(Path build, String module) {
        try (var built = Files.newDirectoryStream(build.resolve(Path.of(module, "target")), "*-runner")) {
            var found = built.iterator();
            assertThat(found.hasNext())
                    .as("the native executable of " + module + "; mvn -Pnative package makes it")
                    .isTrue();
            return List.of(found.next().toString(), "-Xmx256m");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for as long as a start may take on a machine that does much else. */
    public ServiceProcess ready() {
        await().atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(100))
                .until(this::isReady);
        return this;
    }

    public URI at(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    /** What it has written so far, whole lines only. */
    public List<String> log() {
        try {
            var text = Files.readString(log);
            return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where its health and its metrics are. */
    public URI management(String path) {
        return URI.create("http://127.0.0.1:" + managementPort + path);
    }

    public boolean isDead() {
        return !process.isAlive();
    }

    /** Waits until it has died by itself. */
    public void awaitDeath() throws InterruptedException {
        assertThat(process.waitFor(60, TimeUnit.SECONDS))
                .as("the failpoint was reached")
                .isTrue();
        assertThat(process.exitValue()).isEqualTo(KILLED);
    }

    @Override
    public void close() {
        kill();
    }

    /** Asks it to end, as a kubelet does, and waits until it has. */
    public void stop() {
        process.destroy();
        process.onExit().orTimeout(60, TimeUnit.SECONDS).join();
    }

    public void kill() {
        process.destroyForcibly();
        process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** As a machine does that swaps, or a virtual one that is moved: it stands still and knows nothing of it. */
    public void stopFor(Duration time) {
        signal("STOP");
        LockSupport.parkNanos(time.toNanos());
        signal("CONT");
    }

    private void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public boolean isReady() {
        if (!process.isAlive()) {
            throw new IllegalStateException("It died at its start; its log is in target/services");
        }
        var request = HttpRequest.newBuilder(management("/q/health/ready"))
                .timeout(Duration.ofSeconds(2))
                .build();
        try {
            return HTTP.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException _) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    public static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
