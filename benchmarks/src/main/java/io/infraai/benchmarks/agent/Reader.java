package io.infraai.benchmarks.agent;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.parsetools.RecordParser;

/** Users who read the answers as events, and note when each word of the stub arrives. */
final class Reader implements AutoCloseable {

    private static final Pattern SENT = Pattern.compile("@(\\d+) ");

    private final HttpClient http;
    private final int port;
    private final String key;
    private final ConcurrentLinkedQueue<Long> delays = new ConcurrentLinkedQueue<>();
    private final AtomicInteger heard = new AtomicInteger();
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private final CountDownLatch ended;

    Reader(Vertx vertx, int port, String key, int sessions) {
        this.http = vertx.createHttpClient(
                new HttpClientOptions().setDefaultHost("127.0.0.1"), new PoolOptions().setHttp1MaxSize(sessions));
        this.port = port;
        this.key = key;
        this.ended = new CountDownLatch(sessions);
    }

    void ask(String session, String message) {
        var body = JsonNodeFactory.instance
                .objectNode()
                .put("session_id", session)
                .put("message", message)
                .toString();
        http.request(HttpMethod.POST, port, "127.0.0.1", "/api/chat")
                .compose(request -> request.putHeader("Content-Type", "application/json")
                        .putHeader("Accept", "text/event-stream")
                        .putHeader("X-API-KEY", key)
                        .send(body))
                .onSuccess(this::read)
                .onFailure(_ -> gone());
    }

    private void read(HttpClientResponse response) {
        var lines = RecordParser.newDelimited("\n", line -> heard(line.toString()));
        response.handler(lines);
        response.endHandler(_ -> ended.countDown());
        response.exceptionHandler(_ -> gone());
    }

    private void heard(String line) {
        if (line.startsWith("event:") && line.endsWith("started")) {
            begun.incrementAndGet();
        } else if (line.startsWith("event:") && line.endsWith("done")) {
            done.incrementAndGet();
        } else if (line.startsWith("event:") && line.endsWith("error")) {
            failed.incrementAndGet();
        } else if (line.contains("\"type\":\"token\"")) {
            var now = StubModel.micros();
            var words = SENT.matcher(line);
            while (words.find()) {
                heard.incrementAndGet();
                delays.add(now - Long.parseLong(words.group(1)));
            }
        }
    }

    private void gone() {
        failed.incrementAndGet();
        ended.countDown();
    }

    /** Waits for so many words, a minute at most. */
    void awaitWords(int words) {
        for (long until = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
                heard.get() < words && System.nanoTime() < until; ) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }

    boolean awaitEnd(long seconds) {
        try {
            return ended.await(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    int begun() {
        return begun.get();
    }

    int done() {
        return done.get();
    }

    int failed() {
        return failed.get();
    }

    /** Microseconds from the stub to here, in order of length. */
    long[] delays() {
        return delays.stream().mapToLong(Long::longValue).sorted().toArray();
    }

    @Override
    public void close() {
        http.close();
    }
}
