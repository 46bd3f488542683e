package io.infraai.embedded;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** Starts and ends processes of the operating system. */
final class ServerProcess {

    private static final long LOG_LIMIT = 10 * 1024 * 1024;

    private ServerProcess() {}

    /** Starts a server whose output goes to a log file. */
    static Process start(List<String> command, Path log) throws IOException {
        if (Files.exists(log) && Files.size(log) > LOG_LIMIT) {
            Files.delete(log);
        }
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(nullDevice()))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    /** Runs a command to its end, within a minute, and gives its exit code. */
    static int run(List<String> command, Path log) throws IOException {
        var process = start(command, log);
        try {
            if (!process.waitFor(1, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new IOException(command.getFirst() + " didn't end within a minute, see " + log);
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while " + command.getFirst() + " ran", e);
        }
    }

    /** Ends a process and all that it started, without asking, and waits until they are gone. */
    static void kill(ProcessHandle process) {
        // the children are listed first: without their parent nobody could name them
        var all = Stream.concat(Stream.of(process), process.descendants().toList().stream())
                .toList();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(each -> awaitEnd(each, Duration.ofSeconds(10)));
    }

    /** Whether it ended in time. */
    static boolean awaitEnd(ProcessHandle process, Duration limit) {
        try {
            process.onExit().get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException | ExecutionException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /**
     * Waits until a server answers.
     *
     * @throws IOException when it ends first or takes longer than the limit
     */
    static void awaitReady(Process process, Probe probe, Duration limit, Path log) throws IOException {
        var deadline = System.nanoTime() + limit.toNanos();
        while (!probe.answers()) {
            if (awaitEnd(process.toHandle(), Duration.ofMillis(20))) {
                throw new IOException("The server ended while it started, see " + log + ":\n" + tail(log));
            }
            if (System.nanoTime() > deadline) {
                kill(process.toHandle());
                throw new IOException("The server wasn't ready after " + limit.toSeconds() + " s, see " + log);
            }
        }
    }

    private static String tail(Path log) throws IOException {
        var lines = Files.readAllLines(log);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 8), lines.size()));
    }

    private static File nullDevice() {
        return new File(System.getProperty("os.name", "").startsWith("Windows") ? "NUL" : "/dev/null");
    }

    /** Says whether a server is ready. */
    @FunctionalInterface
    interface Probe {
        boolean answers();
    }
}
