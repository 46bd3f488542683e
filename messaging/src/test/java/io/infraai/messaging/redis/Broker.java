package io.infraai.messaging.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import org.jspecify.annotations.Nullable;

import io.infraai.messaging.redis.fault.FailureStrategy;
import io.infraai.messaging.redis.fault.RetryFailure;
import io.infraai.messaging.redis.tracing.StreamTracing;

/** A Redis with a client, and channels on it which end with it. */
final class Broker implements AutoCloseable {

    static final Duration IDLE = Duration.ofMillis(300);
    private static final Vertx VERTX = Vertx.vertx();

    private final RedisProcess server;
    private final boolean own;
    private final Redis client;
    private final List<InboundStream> inbound = new ArrayList<>();
    private final List<OutboundStream> outbound = new ArrayList<>();

    Broker() {
        this(new RedisOptions());
    }

    Broker(RedisOptions options) {
        this(new RedisProcess(), true, options);
    }

    /** On servers that somebody else ends, and the options name. */
    Broker(RedisProcess server, RedisOptions options) {
        this(server, false, options);
    }

    private Broker(RedisProcess server, boolean own, RedisOptions options) {
        this.server = server;
        this.own = own;
        if (own) {
            options.addConnectionString(server.url());
        }
        client = Redis.createClient(VERTX, options.setMaxPoolSize(64).setMaxPoolWaiting(64));
    }

    RedisProcess server() {
        return server;
    }

    Redis client() {
        return client;
    }

    static ContextInternal newContext() {
        return ((VertxInternal) VERTX).createEventLoopContext();
    }

    static String newStream() {
        return "{" + UUID.randomUUID() + "}";
    }

    /** Settings for quick tests. */
    static InboundSettings settings(String stream, @Nullable String group) {
        return new InboundSettings(
                "orders-in",
                stream,
                Optional.ofNullable(group),
                "one",
                128,
                Duration.ofMillis(100),
                256,
                IDLE,
                3,
                "retry",
                true,
                true);
    }

    static InboundSettings bounded(String stream, int maxInFlight) {
        return new InboundSettings(
                "orders-in",
                stream,
                Optional.of("g"),
                "one",
                128,
                Duration.ofMillis(100),
                maxInFlight,
                IDLE,
                3,
                "retry",
                true,
                true);
    }

    static InboundSettings consumer(String stream, String consumer) {
        return new InboundSettings(
                "orders-in",
                stream,
                Optional.of("g"),
                consumer,
                128,
                Duration.ofMillis(100),
                256,
                IDLE,
                3,
                "retry",
                true,
                true);
    }

    InboundStream channel(InboundSettings settings) {
        return channel(settings, new RetryFailure());
    }

    InboundStream channel(InboundSettings settings, FailureStrategy strategy) {
        return channel(settings, strategy, StreamTracing.none());
    }

    InboundStream channel(InboundSettings settings, FailureStrategy strategy, StreamTracing tracing) {
        var channel = new InboundStream(
                settings,
                newContext(),
                client,
                strategy,
                tracing,
                StreamMetrics.of(settings.channel(), settings.stream()),
                new Backoff(RandomGenerator.getDefault()));
        inbound.add(channel);
        return channel;
    }

    Consumer consume(InboundSettings settings) {
        return Consumer.of(channel(settings));
    }

    OutboundStream out(String stream, long maxLength) {
        return out(stream, maxLength, StreamTracing.none());
    }

    OutboundStream out(String stream, long maxLength, StreamTracing tracing) {
        return out(new OutboundSettings("orders-out", stream, 256, maxLength, Optional.empty(), true, true), tracing);
    }

    /** To a stream that goes away by itself. */
    OutboundStream expiring(String stream, Duration after) {
        return out(
                new OutboundSettings("orders-out", stream, 256, 0, Optional.of(after), true, true),
                StreamTracing.none());
    }

    private OutboundStream out(OutboundSettings settings, StreamTracing tracing) {
        var channel =
                new OutboundStream(settings, newContext(), client, new PayloadWriter(new ObjectMapper()), tracing);
        outbound.add(channel);
        return channel;
    }

    Response run(Command command, Object... arguments) {
        return get(client.send(Request.cmd(command, arguments)));
    }

    String add(String stream, String payload) {
        return run(Command.XADD, stream, "*", "data", payload).toString();
    }

    List<Map<String, String>> entries(String stream) {
        var result = new ArrayList<Map<String, String>>();
        for (var entry : run(Command.XRANGE, stream, "-", "+")) {
            var fields = new HashMap<String, String>();
            for (var i = 0; i < entry.get(1).size(); i += 2) {
                fields.put(
                        entry.get(1).get(i).toString(), entry.get(1).get(i + 1).toString());
            }
            result.add(fields);
        }
        return result;
    }

    long pending(String stream) {
        return run(Command.XPENDING, stream, "g").get(0).toLong();
    }

    /** What a call comes to that has to be made on a context. */
    static <T> Future<T> onto(Context context, Supplier<Future<T>> call) {
        var answer = Promise.<T>promise();
        context.runOnContext(go -> call.get().onComplete(answer));
        return answer.future();
    }

    static <T> T get(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        inbound.forEach(InboundStream::abort);
        outbound.forEach(OutboundStream::abort);
        client.close();
        if (own) {
            server.close();
        }
    }
}
