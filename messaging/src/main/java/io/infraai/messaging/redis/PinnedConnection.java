package io.infraai.messaging.redis;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.regex.Pattern;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.impl.ContextInternal;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.ErrorType;
import org.jspecify.annotations.Nullable;

/**
 * A connection of the Redis client held by one channel, so that its commands are pipelined in order and its blocking reads keep
 * nobody else waiting. Made when first needed, and again after it was lost: to whichever server the client finds then, the new
 * master after a failover. In a cluster it holds one socket for each node.
 *
 * <p>Not thread-safe: to be used on the context of the channel only, where the replies arrive too.
 */
final class PinnedConnection {

    private static final long WATCH_MILLIS = 1_000;

    /**
     * What a server says that is no longer the one to ask: gone, or a replica by now. In front of it stands the place of the
     * command, if it was one of a batch.
     */
    private static final Pattern ELSEWHERE =
            Pattern.compile("(?:ERR \\[\\d+] )?(?:CONNECTION_CLOSED|READONLY|UNBLOCKED|MASTERDOWN)\\b");

    private final Redis redis;
    private final ContextInternal context;
    private final long patienceNanos;
    private final long watchdog;
    private @Nullable Future<RedisConnection> current;
    private boolean closed;
    private boolean ended;
    private int outstanding;
    private long lastProgress;

    /** @param patience how long Redis may leave a command unanswered before the connection is given up */
    PinnedConnection(Redis redis, ContextInternal context, Duration patience) {
        this.redis = redis;
        this.context = context;
        this.patienceNanos = patience.toNanos();
        this.watchdog = context.setPeriodic(WATCH_MILLIS, tick -> abandonIfStuck());
    }

    Future<Response> send(Request request) {
        return using(connection -> connection.send(request));
    }

    /** Fails as a whole when one of the commands is refused. */
    Future<List<Response>> batch(List<Request> requests) {
        return using(connection -> connection.batch(requests));
    }

    /** Gives the connection back to the client. Nothing may be under way. */
    void close() {
        closed = true;
        context.owner().cancelTimer(watchdog);
        var held = current;
        current = null;
        if (held == null) {
            return;
        }
        held.onSuccess(connection -> {
            if (outstanding > 0) {
                abandon(connection);
            } else {
                unwatch(connection).close();
            }
        });
    }

    private <T> Future<T> using(Function<RedisConnection, Future<T>> call) {
        if (closed) {
            return context.failedFuture("The channel has ended");
        }
        var held = current;
        if (held == null || held.failed()) {
            held = connect();
            current = held;
        }
        return held.compose(connection -> {
            if (outstanding++ == 0) {
                lastProgress = System.nanoTime();
            }
            // the client of a cluster answers on whichever thread has learnt the slots
            Promise<T> here = context.promise();
            call.apply(connection).onComplete(here);
            return here.future().onComplete(reply -> {
                outstanding--;
                lastProgress = System.nanoTime();
                if (reply.failed() && breaks(reply.cause())) {
                    drop(connection);
                } else if (ended && outstanding == 0) {
                    retire(connection);
                }
            });
        });
    }

    private Future<RedisConnection> connect() {
        ended = false;
        Promise<RedisConnection> promise = context.promise();
        var timer = context.setTimer(
                patienceNanos / 1_000_000,
                tick -> promise.tryFail(new TimeoutException("Redis gave no connection within "
                        + Duration.ofNanos(patienceNanos) + ": it hangs, or the client's pool is too small")));
        redis.connect().onComplete(made -> {
            context.owner().cancelTimer(timer);
            if (made.failed()) {
                promise.tryFail(made.cause());
            } else if (promise.tryComplete(made.result())) {
                watch(made.result());
            } else {
                made.result().close();
            }
        });
        return promise.future();
    }

    private void watch(RedisConnection connection) {
        connection.endHandler(end -> context.emit(gone -> retire(connection)));
        connection.exceptionHandler(failure -> context.emit(gone -> retire(connection)));
    }

    /**
     * A socket has ended. What was under way on it fails by itself; what is under way on those to other nodes of a cluster may
     * still be answered.
     */
    private void retire(RedisConnection connection) {
        if (!isCurrent(connection)) {
            return;
        }
        ended = true;
        if (outstanding == 0) {
            current = null;
            unwatch(connection).close();
        }
    }

    private static RedisConnection unwatch(RedisConnection connection) {
        connection.endHandler(null);
        connection.exceptionHandler(null);
        return connection;
    }

    private void drop(RedisConnection connection) {
        if (isCurrent(connection)) {
            current = null;
            abandon(connection);
        }
    }

    private boolean isCurrent(RedisConnection connection) {
        var held = current;
        return held != null && held.succeeded() && held.result().equals(connection);
    }

    private void abandonIfStuck() {
        var held = current;
        if (outstanding > 0 && held != null && held.succeeded() && System.nanoTime() - lastProgress > patienceNanos) {
            drop(held.result());
        }
    }

    /**
     * Closing a pooled connection only gives it back, commands under way and all. One that has been used for subscriptions is
     * really closed, which also fails those commands.
     */
    private static void abandon(RedisConnection connection) {
        unwatch(connection).handler(ignored -> {});
        connection.send(Request.cmd(Command.UNSUBSCRIBE)).onComplete(tainted -> connection.close());
    }

    /** A refusal by Redis is an answer like any other, except from a server that is no longer the one to ask. */
    private static boolean breaks(Throwable failure) {
        return !(failure instanceof ErrorType)
                || ELSEWHERE.matcher(String.valueOf(failure.getMessage())).lookingAt();
    }
}
