package io.infraai.messaging.redis;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import redis.embedded.core.ExecutableProvider;

import static org.awaitility.Awaitility.await;

/** A real Redis on a free port: the embedded one, or the binary named by the system property {@code redis.server}. */
final class RedisProcess implements AutoCloseable {

    private static final String BINARY = binary();
    private static final String TEMP = System.getProperty("java.io.tmpdir");
    private static final Vertx VERTX = Vertx.vertx();

    /** What a Sentinel calls its master. */
    static final String MASTER = "orders";

    private static final int BUS_AFTER_PORT = 10_000;
    private static final int HIGHEST_PORT = 65_535;

    private final int port;
    private final List<String> command;
    private Process process;

    RedisProcess() {
        this(freePort(), List.of());
    }

    private RedisProcess(int port, List<String> options) {
        this(port, Stream.concat(serving(port), options.stream()));
    }

    private RedisProcess(int port, Stream<String> arguments) {
        this.port = port;
        command = Stream.concat(Stream.of(BINARY), arguments).toList();
        start();
    }

    private static Stream<String> serving(int port) {
        return Stream.of(
                "--port",
                String.valueOf(port),
                "--bind",
                "127.0.0.1",
                "--save",
                "",
                "--appendonly",
                "no",
                "--dir",
                TEMP);
    }

    static RedisProcess replicaOf(RedisProcess master) {
        return new RedisProcess(freePort(), List.of("--replicaof", "127.0.0.1", String.valueOf(master.port)));
    }

    /** One that needs nobody's consent. */
    static RedisProcess sentinelOf(RedisProcess master) {
        var port = freePort();
        try {
            var configuration = Files.createTempFile("sentinel-", ".conf");
            Files.writeString(configuration, """
                    bind 127.0.0.1
                    port %d
                    dir %s
                    sentinel monitor %3$s 127.0.0.1 %4$d 1
                    sentinel down-after-milliseconds %3$s 300
                    sentinel failover-timeout %3$s 2000
                    """.formatted(port, TEMP, MASTER, master.port));
            return new RedisProcess(port, Stream.of(configuration.toString(), "--sentinel"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Knows no other node yet. */
    static RedisProcess ofCluster() {
        var port = freePort();
        while (port + BUS_AFTER_PORT > HIGHEST_PORT) {
            port = freePort();
        }
        return new RedisProcess(
                port, List.of("--cluster-enabled", "yes", "--cluster-config-file", "nodes-" + port + ".conf"));
    }

    void start() {
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        await().atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(10))
                .until(this::answers);
    }

    int port() {
        return port;
    }

    /** By a connection of its own. */
    String ask(String... words) {
        var client = Redis.createClient(VERTX, url());
        try {
            var request = Request.cmd(Command.create(words[0]));
            for (var word : List.of(words).subList(1, words.length)) {
                request.arg(word);
            }
            return String.valueOf(Broker.get(client.send(request)));
        } finally {
            client.close();
        }
    }

    private boolean answers() {
        try (var socket = new Socket("127.0.0.1", port)) {
            socket.getOutputStream().write("PING\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            return socket.getInputStream().read() == '+';
        } catch (IOException e) {
            return false;
        }
    }

    String url() {
        return "redis://127.0.0.1:" + port;
    }

    /** As {@code kill -9} does. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Leaves connections open and everything unanswered. */
    void freeze() {
        signal("STOP");
    }

    void thaw() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                    .start()
                    .onExit()
                    .join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        kill();
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String binary() {
        var named = System.getProperty("redis.server");
        if (named != null) {
            return named;
        }
        try {
            File unpacked = ExecutableProvider.newJarResourceProvider().get();
            return unpacked.getAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
