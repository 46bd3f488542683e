package io.infraai.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

import io.infraai.embedded.DirectoryInUse;
import io.infraai.embedded.EmbeddedServers;

/** Starts the two servers and the simulated platforms, points the configuration at them, and runs all services. */
@QuarkusMain
public class Standalone {

    /** Longer than the services take to finish what they have begun. */
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private Standalone() {}

    public static void main(String... arguments) {
        System.setProperty("infraai.started-at", Long.toString(System.nanoTime()));
        try {
            var home = Path.of(System.getProperty("infraai.home", ".infraai")).toAbsolutePath();
            run(Options.parse(home, List.of(arguments)));
        } catch (IllegalArgumentException | DirectoryInUse | PortTaken e) {
            System.err.println("infraai: " + e.getMessage());
            System.exit(1);
        }
    }

    private static void run(Options options) {
        checkPort(options.port());
        var servers = servers(options);
        var platforms = options.live() ? Platforms.live() : Platforms.simulated(options.home());
        servers.asProperties().forEach(Standalone::set);
        platforms.asProperties().forEach(Standalone::set);
        set("quarkus.http.port", Integer.toString(options.port()));
        set("infraai.admin-key-file", options.home().resolve("admin.key").toString());
        set("infraai.api-key-pepper-file", options.home().resolve("pepper").toString());
        var stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> closeAfter(stopped, platforms, servers)));
        Quarkus.run(
                Application.class,
                (code, failure) -> {
                    if (failure != null) {
                        System.err.println("infraai: the start failed: " + failure);
                    }
                    stopped.countDown();
                    System.exit(code);
                },
                new String[0]);
    }

    /**
     * In a hook of its own: after a signal the process may be gone before {@link Quarkus#run}'s handler has come to its end, and
     * the servers would be left behind. The services stop first, since they still write.
     */
    private static void closeAfter(CountDownLatch stopped, Platforms platforms, Servers servers) {
        try {
            if (!stopped.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                System.err.println("infraai: the services didn't stop within " + PATIENCE.toSeconds() + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            platforms.close();
            servers.close();
        }
    }

    private static Servers servers(Options options) {
        if (System.getProperty("quarkus.datasource.reactive.url") != null) {
            System.out.println("Using the PostgreSQL and Redis of the configuration …");
            return new Servers.Configured();
        }
        return new Servers.Embedded(embedded(options));
    }

    private static EmbeddedServers embedded(Options options) {
        System.out.println("Starting PostgreSQL and Redis on " + options.home() + " …");
        var servers = EmbeddedServers.start(options.home());
        if (!options.fresh()) {
            return servers;
        }
        // started first: that takes the lock, so the data of a running instance can't be deleted
        servers.close();
        delete(options.home());
        return EmbeddedServers.start(options.home());
    }

    private static void set(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    private static void checkPort(int port) {
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new PortTaken(port, e);
        }
    }

    private static void delete(Path home) {
        try (var files = Files.walk(home)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The data in " + home + " can't be deleted", e);
        }
    }

    private static final class PortTaken extends RuntimeException {
        PortTaken(int port, IOException cause) {
            super(
                    "port " + port + " is taken. Stop what listens there, or choose another: ./infraai up --port "
                            + (port == 65_535 ? port - 1 : port + 1),
                    cause);
        }
    }
}
