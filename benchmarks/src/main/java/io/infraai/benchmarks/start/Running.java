package io.infraai.benchmarks.start;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/** A program that was started; closing it lets it end in order, which is when it writes the cache that it was asked for. */
final class Running implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final String name;
    private final Process process;
    private final int port;
    private final int management;
    private final long began;
    private final Path log;

    /** What it had used when it said that it is ready. */
    record Start(double seconds, double cpuSeconds, double residentMib) {}

    Running(String name, Process process, int port, int management, long began, Path log) {
        this.name = name;
        this.process = process;
        this.port = port;
        this.management = management;
        this.began = began;
        this.log = log;
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    Start awaitReady() {
        while (!isReady()) {
            if (!process.isAlive() || System.nanoTime() - began > PATIENCE.toNanos()) {
                throw new IllegalStateException(name + " isn't ready; see " + log);
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
        var seconds = (System.nanoTime() - began) / 1e9;
        return new Start(seconds, cpuSeconds(), residentMib());
    }

    /** As the kernel counts it, shared pages of files included; 0 where there is no {@code /proc}. */
    double residentMib() {
        try {
            var found = RESIDENT.matcher(Files.readString(Path.of("/proc", Long.toString(process.pid()), "status")));
            return found.find() ? Long.parseLong(found.group(1)) / 1024.0 : 0;
        } catch (IOException _) {
            return 0;
        }
    }

    private double cpuSeconds() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e9;
    }

    private boolean isReady() {
        var health = URI.create("http://127.0.0.1:" + management + "/q/health/ready");
        var request =
                HttpRequest.newBuilder(health).timeout(Duration.ofSeconds(2)).build();
        try {
            return HTTP.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException _) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Several can end beside each other; {@link #close} then waits for each. */
    void askToEnd() {
        process.destroy();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE.toMinutes(), TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new UncheckedIOException(new IOException(name + " didn't end; see " + log));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
