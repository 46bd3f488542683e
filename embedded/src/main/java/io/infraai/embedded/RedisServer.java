package io.infraai.embedded;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import org.jspecify.annotations.Nullable;
import redis.embedded.core.ExecutableProvider;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

/**
 * One Redis on loopback, with a password, that writes its commands to an append-only file every second. The system property
 * {@code infraai.test.redis-server} names another program than the one that comes along.
 */
final class RedisServer {

    private static final Duration START_LIMIT = Duration.ofSeconds(30);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

    private final EmbeddedOptions options;
    private final Credentials credentials;
    private final Path data;
    private final Path log;
    private final Path pidFile;
    private final Path portFile;
    private int port;
    private @Nullable Process process;

    RedisServer(EmbeddedOptions options, Credentials credentials) {
        this.options = options;
        this.credentials = credentials;
        this.data = options.directory().resolve("redis");
        this.log = options.directory().resolve("redis.log");
        this.pidFile = options.directory().resolve("redis.pid");
        this.portFile = options.directory().resolve("redis.port");
        this.port = options.redisPort();
    }

    int port() {
        return port;
    }

    void start() throws IOException {
        stopOrphan();
        Files.createDirectories(data);
        if (port == 0) {
            port = ServerProcess.freePort();
        }
        var configuration = options.directory().resolve("redis.conf");
        Credentials.writePrivate(configuration, configuration());
        Files.writeString(portFile, Integer.toString(port));
        var started = ServerProcess.start(List.of(program(), configuration.toString()), log);
        process = started;
        ServerProcess.awaitReady(started, () -> probe(port).isPresent(), START_LIMIT, log);
    }

    void stop() {
        var running = process;
        if (running != null) {
            stopInOrder(running.toHandle());
            process = null;
        }
    }

    void kill() {
        var running = process;
        if (running != null) {
            ServerProcess.kill(running.toHandle());
            process = null;
        }
    }

    private String configuration() {
        return """
                bind 127.0.0.1
                port %d
                requirepass %s
                dir "%s"
                pidfile "%s"
                appendonly yes
                appendfsync everysec
                save ""
                daemonize no
                """.formatted(port, credentials.redis(), data, pidFile);
    }

    private String program() throws IOException {
        var given = System.getProperty("infraai.test.redis-server", "");
        if (!given.isEmpty()) {
            return given;
        }
        var cache = UserCache.locate(options.directory());
        var draft = Files.createTempDirectory(cache, "unpacking-");
        // the program comes out under the name and version of its own
        File unpacked =
                ExecutableProvider.newJarResourceProvider(draft.toFile()).get();
        var target = cache.resolve(unpacked.getName());
        if (!Files.exists(target) || Files.size(target) != unpacked.length()) {
            Files.move(unpacked.toPath(), target, REPLACE_EXISTING);
        }
        EmbeddedFiles.delete(draft);
        return target.toString();
    }

    private void stopInOrder(ProcessHandle running) {
        running.destroy();
        if (!ServerProcess.awaitEnd(running, STOP_LIMIT)) {
            ServerProcess.kill(running);
        }
    }

    private void stopOrphan() throws IOException {
        var left = orphan();
        left.ifPresent(this::stopInOrder);
        Files.deleteIfExists(pidFile);
    }

    /** The server that a killed process left running on this very directory: it knows our password and has the pid we know. */
    private Optional<ProcessHandle> orphan() throws IOException {
        if (!Files.exists(pidFile) || !Files.exists(portFile)) {
            return Optional.empty();
        }
        var pid = Long.parseLong(Files.readString(pidFile).strip());
        var answering = probe(Integer.parseInt(Files.readString(portFile).strip()));
        return answering.isPresent() && answering.getAsLong() == pid ? ProcessHandle.of(pid) : Optional.empty();
    }

    private OptionalLong probe(int at) {
        return RedisProbe.processId(at, credentials.redis());
    }
}
