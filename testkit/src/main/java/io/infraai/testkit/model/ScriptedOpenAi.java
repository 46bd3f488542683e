package io.infraai.testkit.model;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * An OpenAI-compatible server on loopback that answers by a script and keeps what it was asked. It writes to the socket
 * itself: where the network cuts an answer is part of the script. Thread-safe.
 */
public final class ScriptedOpenAi implements AutoCloseable {

    private final ServerSocket server;
    private final Function<Asked, Reply> script;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger accepted = new AtomicInteger();
    private final Queue<Asked> requests = new ConcurrentLinkedQueue<>();

    private ScriptedOpenAi(ServerSocket server, Function<Asked, Reply> script) {
        this.server = server;
        this.script = script;
    }

    /** Answers in this order; the last one is given again and again. */
    public static ScriptedOpenAi of(Reply first, Reply... others) {
        var left = new ArrayDeque<Reply>(List.of(others));
        left.addFirst(first);
        return by(_ -> {
            synchronized (left) {
                return left.size() > 1 ? left.removeFirst() : left.getFirst();
            }
        });
    }

    /** Answers as the function says, which may be called by many threads at once. */
    public static ScriptedOpenAi by(Function<Asked, Reply> script) {
        try {
            var scripted = new ScriptedOpenAi(new ServerSocket(0, 1_000, InetAddress.getLoopbackAddress()), script);
            scripted.threads.execute(scripted::accept);
            return scripted;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A script for load: everybody gets so many tokens, so many a second. */
    public static ScriptedOpenAi streaming(int tokens, int aSecond) {
        var words = IntStream.range(0, tokens)
                .mapToObj(number -> "word" + number + " ")
                .toArray(String[]::new);
        var reply = Reply.text(words).every(Duration.ofSeconds(1).dividedBy(aSecond));
        return by(_ -> reply);
    }

    /** The base URL, without a trailing slash. */
    public String url() {
        return "http://127.0.0.1:" + server.getLocalPort() + "/v1";
    }

    /** What was asked, in the order of arrival. */
    public List<Asked> requests() {
        return new ArrayList<>(requests);
    }

    /** How many connections there are now. */
    public int connections() {
        return open.size();
    }

    /** How many connections there have been. */
    public int accepted() {
        return accepted.get();
    }

    @Override
    public void close() {
        closed(server);
        open.forEach(ScriptedOpenAi::closed);
        threads.shutdownNow();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var socket = server.accept();
                // a token is on its way at once, not when the one before it was acknowledged
                socket.setTcpNoDelay(true);
                accepted.incrementAndGet();
                open.add(socket);
                threads.execute(() -> serve(socket));
            } catch (IOException _) {
                // closed, or gone before it was accepted
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            var wire = new Wire(socket);
            for (var asked = wire.read(); asked.isPresent(); asked = wire.read()) {
                requests.add(asked.get());
                if (!wire.write(script.apply(asked.get()))) {
                    return;
                }
            }
        } catch (IOException _) {
            // the other side has gone
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(socket);
        }
    }

    private static void closed(Closeable closeable) {
        try {
            closeable.close();
        } catch (IOException _) {
            // it is going away anyhow
        }
    }
}
