package io.infraai.adapters.mcp;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;

import io.infraai.contracts.tool.FailureReason;

/** A server that is a process of ours: one message a line on its standard input and output. */
final class ProcessConnection implements Connection {

    private final Process process;
    private final ExecutorService writer =
            Executors.newSingleThreadExecutor(Thread.ofVirtual().factory());
    private volatile boolean usable = true;
    private final AtomicLong ids = new AtomicLong();
    private final ConcurrentMap<Long, UniEmitter<? super Reply>> waiting = new ConcurrentHashMap<>();

    ProcessConnection(List<String> command, ProcessEnvironment environment) throws IOException {
        // what it says besides might hold what it knows
        var builder = new ProcessBuilder(command).redirectError(Redirect.DISCARD);
        environment.fill(builder.environment());
        this.process = builder.start();
        Thread.ofPlatform().daemon().name("mcp-server-" + process.pid()).start(this::listen);
    }

    @Override
    public Uni<Reply> ask(String method, ObjectNode params, Duration limit) {
        if (!alive()) {
            return Uni.createFrom()
                    .item(new Reply.Failure(FailureReason.UNREACHABLE, "The server's process has ended"));
        }
        var id = ids.incrementAndGet();
        return Uni.createFrom()
                .<Reply>emitter(emitter -> {
                    waiting.put(id, emitter);
                    emitter.onTermination(() -> waiting.remove(id));
                    write(Rpc.request(id, method, params));
                })
                .ifNoItem()
                .after(limit)
                .recoverWithItem(() -> new Reply.Failure(
                        FailureReason.TIMED_OUT,
                        "No answer within " + limit.toSeconds() + " s; it may have been done"));
    }

    @Override
    public void tell(String method) {
        write(Rpc.notification(method));
    }

    @Override
    public boolean alive() {
        return usable && process.isAlive();
    }

    @Override
    public void close() {
        writer.shutdownNow();
        process.destroy();
    }

    private void write(ObjectNode message) {
        writer.execute(() -> {
            try {
                var out = process.getOutputStream();
                out.write((message + "\n").getBytes(StandardCharsets.UTF_8));
                out.flush();
            } catch (IOException _) {
                giveUp("The server's process takes no more");
            }
        });
    }

    private void listen() {
        try (var in = new BufferedInputStream(process.getInputStream())) {
            for (var line = line(in); line.isPresent(); line = line(in)) {
                hear(Rpc.read(line.get()));
            }
            giveUp("The server's process has ended");
        } catch (IOException e) {
            giveUp("The server's process can't be heard: " + e.getMessage());
        }
    }

    private void hear(JsonNode message) {
        if (Rpc.asksUs(message)) {
            write(Rpc.refusal(message.get("id")));
            return;
        }
        var emitter = waiting.get(message.path("id").asLong());
        if (emitter != null && Rpc.answers(message, message.path("id").asLong())) {
            emitter.complete(Rpc.reply(message));
        }
    }

    /** Empty at the end. */
    private static Optional<String> line(InputStream in) throws IOException {
        var bytes = new ByteArrayOutputStream();
        for (var b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                return Optional.empty();
            }
            if (bytes.size() >= Rpc.MOST_READ) {
                throw new IOException("a line is longer than " + Rpc.MOST_READ + " bytes");
            }
            bytes.write(b);
        }
        return Optional.of(bytes.toString(StandardCharsets.UTF_8));
    }

    private void giveUp(String why) {
        // before anybody is told, who may then ask again
        usable = false;
        process.destroy();
        waiting.values().forEach(it -> it.complete(new Reply.Failure(FailureReason.TIMED_OUT, why)));
    }
}
