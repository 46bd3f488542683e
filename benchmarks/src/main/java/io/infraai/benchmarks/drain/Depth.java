package io.infraai.benchmarks.drain;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;

import io.infraai.benchmarks.loop.Rig;

/** Looks at the queue once a second, as KEDA's scaler for Redis streams does. */
final class Depth implements AutoCloseable {

    private static final String STREAM = "infraai:{tasks}";
    private static final String GROUP = "worker";

    private final Rig rig;
    private final Redis redis;
    private final Keda keda;
    private final List<Moment> moments = new ArrayList<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("queue-depth").factory());
    private long began;

    Depth(Rig rig, Keda keda) {
        this.rig = rig;
        this.keda = keda;
        this.redis = Redis.createClient(
                rig.vertx(),
                new RedisOptions().setConnectionString(rig.redisUri()).setProtocolNegotiation(false));
    }

    void begin() {
        began = System.nanoTime();
        clock.scheduleAtFixedRate(this::look, 0, 1, TimeUnit.SECONDS);
    }

    private void look() {
        var second = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began);
        var lag = lag();
        var pending = pending();
        var open = rig.query("SELECT count(*) FROM task WHERE state IN ('queued', 'running')")
                .getFirst()
                .getLong(0);
        synchronized (moments) {
            moments.add(new Moment(second, open, lag, pending, keda.replicas(lag, pending)));
        }
    }

    /** None before Redis 7, and while Redis can't tell. */
    private OptionalLong lag() {
        for (var group : send(Request.cmd(Command.XINFO).arg("GROUPS").arg(STREAM))) {
            for (int i = 0; i + 1 < group.size(); i += 2) {
                var value = group.get(i + 1);
                if (group.get(i).toString().equals("lag") && value != null && named(group)) {
                    return OptionalLong.of(value.toLong());
                }
            }
        }
        return OptionalLong.empty();
    }

    private static boolean named(Response group) {
        return group.get(0).toString().equals("name") && group.get(1).toString().equals(GROUP);
    }

    private long pending() {
        return send(Request.cmd(Command.XPENDING).arg(STREAM).arg(GROUP)).get(0).toLong();
    }

    private Response send(Request request) {
        return join(redis.send(request));
    }

    private static <T> T join(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }

    /** What was seen, once it is over. */
    List<Moment> end() {
        clock.shutdown();
        try {
            if (!clock.awaitTermination(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("The last look at the queue takes too long");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        synchronized (moments) {
            return List.copyOf(moments);
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
        redis.close();
    }
}
