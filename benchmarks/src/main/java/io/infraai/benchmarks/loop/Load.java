package io.infraai.benchmarks.loop;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;

/** Posts webhooks to one address: as fast as answers come, or at fixed times whatever they do. */
final class Load {

    private static final int MOST_CONNECTIONS = 64;

    private final Vertx vertx;
    private final HttpClient http;
    private final int port;
    private final String key;

    Load(Vertx vertx, int port, String key) {
        this.vertx = vertx;
        this.http = vertx.createHttpClient(
                new HttpClientOptions().setDefaultHost("127.0.0.1"),
                new PoolOptions().setHttp1MaxSize(MOST_CONNECTIONS));
        this.port = port;
        this.key = key;
    }

    /** Keeps so many posts on their way until as many were sent. */
    void closed(Bodies bodies, int alerts, int posts, int inFlight) {
        var left = new AtomicInteger(posts);
        var lanes = IntStream.range(0, inFlight)
                .mapToObj(_ -> lane(bodies, alerts, left))
                .toList();
        join(Future.all(lanes));
    }

    /** At fixed times; returns when each alert was meant to be sent, in microseconds since the epoch, by its number. */
    Map<Long, Long> open(Bodies bodies, int perSecond, int seconds) {
        Map<Long, Long> sent = new ConcurrentHashMap<>();
        var total = perSecond * seconds;
        var done = Promise.<Void>promise();
        var answered = new AtomicInteger();
        long gapNanos = 1_000_000_000L / perSecond;
        long start = System.nanoTime();
        long startMicros = Clocks.micros();
        var next = new AtomicInteger();
        vertx.setPeriodic(1, timer -> {
            while (next.get() < total && System.nanoTime() - start >= next.get() * gapNanos) {
                var number = next.getAndIncrement();
                // the time it was due, so that a stall of the sender counts as latency
                sent.put((long) number, startMicros + number * gapNanos / 1_000);
                post(bodies, 1).onComplete(_ -> {
                    if (answered.incrementAndGet() == total) {
                        vertx.cancelTimer(timer);
                        done.complete();
                    }
                });
            }
        });
        join(done.future());
        return sent;
    }

    private Future<Void> lane(Bodies bodies, int alerts, AtomicInteger left) {
        return left.getAndDecrement() > 0
                ? post(bodies, alerts).compose(_ -> lane(bodies, alerts, left))
                : Future.succeededFuture();
    }

    private Future<Void> post(Bodies bodies, int alerts) {
        return http.request(HttpMethod.POST, port, "127.0.0.1", "/api/alerts")
                .compose(request -> request.putHeader("Content-Type", "application/json")
                        .putHeader("X-API-KEY", key)
                        .send(bodies.body(alerts)))
                .compose(response -> response.statusCode() == 200
                        ? response.body().mapEmpty()
                        : response.body().compose(body -> Future.failedFuture(response.statusCode() + " " + body)));
    }

    static <T> T join(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }
}
