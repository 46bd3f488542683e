package io.infraai.standalone.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.infraai.testkit.RedisLine;
import io.infraai.testkit.lab.RealPeer;

/** A server of this machine's Redis on loopback, which can be killed and started again on its data. */
final class RedisNode implements AutoCloseable {

    private final Path home;
    private final String program;
    private final int port;
    private @Nullable RealPeer process;

    private RedisNode(Path home, String program, int port) {
        this.home = home;
        this.program = program;
        this.port = port;
    }

    static RedisNode server(Path home, int port, String configuration) {
        return configured(home, "redis-server", port, configuration);
    }

    static RedisNode sentinel(Path home, int port, String configuration) {
        return configured(home, "redis-sentinel", port, configuration);
    }

    /** Once: Redis writes into that file what it has become. */
    private static RedisNode configured(Path home, String program, int port, String configuration) {
        try {
            Files.createDirectories(home);
            Files.writeString(
                    home.resolve("redis.conf"), "bind 127.0.0.1\ndir " + home.toAbsolutePath() + "\n" + configuration);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new RedisNode(home, program, port).start();
    }

    int port() {
        return port;
    }

    RedisNode start() {
        process = RealPeer.start(home, program, port, List.of("redis.conf")).readyWhen(this::listens);
        return this;
    }

    /** As {@code kill -9} does. */
    void kill() {
        var running = process;
        if (running != null) {
            running.close();
            process = null;
        }
    }

    private boolean listens() {
        try (var _ = RedisLine.to(port)) {
            return true;
        } catch (UncheckedIOException _) {
            return false;
        }
    }

    @Override
    public void close() {
        kill();
    }
}
