package io.infraai.simulators.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;

/** An HTTP server on loopback that keeps its calls and lets faults strike them, in the order they were injected. Thread-safe. */
public final class LoopbackServer implements AutoCloseable {

    private static final int CHUNK = 64 * 1024;
    private static final int KEPT = 10_000;

    private final Vertx vertx;
    private final HttpServer server;
    private final Function<HttpCall, HttpAnswer> api;
    private final ArrayDeque<HttpCall> calls = new ArrayDeque<>();
    private final List<Pending> faults = new ArrayList<>();

    private record Pending(Predicate<HttpCall> which, HttpFault fault) {}

    private LoopbackServer(HttpServerOptions options, Function<HttpCall, HttpAnswer> api) {
        this.api = api;
        this.vertx = Vertx.vertx(
                new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1).setInternalBlockingPoolSize(1));
        this.server = vertx.createHttpServer(options.setHost("127.0.0.1").setHttp2ClearTextEnabled(false))
                .requestHandler(this::take);
    }

    /** @throws IllegalStateException when the port can't be had; 0 takes a free one */
    public static LoopbackServer start(int port, Function<HttpCall, HttpAnswer> api) {
        return start(new HttpServerOptions().setPort(port), api);
    }

    /** With options of one's own, for TLS; the host is loopback whatever they say. */
    public static LoopbackServer start(HttpServerOptions options, Function<HttpCall, HttpAnswer> api) {
        var loopback = new LoopbackServer(options, api);
        var listening = awaited(loopback.server.listen());
        if (listening.failed()) {
            loopback.close();
            throw new IllegalStateException("Can't listen", listening.cause());
        }
        return loopback;
    }

    public int port() {
        return server.actualPort();
    }

    /** The base URL, without a trailing slash. */
    public String url() {
        return "http://127.0.0.1:" + port();
    }

    /** The next call that no earlier fault strikes is struck by this one. */
    public void inject(HttpFault fault) {
        inject(_ -> true, fault);
    }

    /** The next such call that no earlier fault strikes is struck by this one. */
    public void inject(Predicate<HttpCall> which, HttpFault fault) {
        synchronized (faults) {
            faults.add(new Pending(which, fault));
        }
    }

    /** The calls in the order of their arrival, struck ones included, the oldest dropped when there are too many. */
    public List<HttpCall> calls() {
        synchronized (calls) {
            return List.copyOf(calls);
        }
    }

    @Override
    public void close() {
        awaited(vertx.close());
    }

    private void take(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            var call = call(request, body);
            synchronized (calls) {
                calls.addLast(call);
                if (calls.size() > KEPT) {
                    calls.removeFirst();
                }
            }
            struck(call).ifPresentOrElse(fault -> strike(fault, call, request), () -> send(request, api.apply(call)));
        });
    }

    private Optional<HttpFault> struck(HttpCall call) {
        synchronized (faults) {
            var pending = faults.stream().filter(it -> it.which().test(call)).findFirst();
            pending.ifPresent(faults::remove);
            return pending.map(Pending::fault);
        }
    }

    private void strike(HttpFault fault, HttpCall call, HttpServerRequest request) {
        switch (fault) {
            case HttpFault.Instead(var answer) -> send(request, answer);
            case HttpFault.Late(var delay) -> {
                var answer = api.apply(call);
                vertx.setTimer(Math.max(1, delay.toMillis()), _ -> send(request, answer));
            }
            case HttpFault.Silence() -> {}
            case HttpFault.Cut() -> request.connection().close();
            case HttpFault.LostAnswer() -> {
                var _ = api.apply(call);
                request.connection().close();
            }
            case HttpFault.Huge(var bytes) -> {
                begin(request);
                pour(request, bytes);
            }
            case HttpFault.Drip(var every) -> {
                begin(request);
                var timer = vertx.setPeriodic(
                        Math.max(1, every.toMillis()), _ -> request.response().write(" "));
                request.connection().closeHandler(_ -> vertx.cancelTimer(timer));
            }
        }
    }

    private static void begin(HttpServerRequest request) {
        request.response()
                .setChunked(true)
                .putHeader("Content-Type", "application/json")
                .write("[\"");
    }

    /** As fast as the other side reads. */
    private static void pour(HttpServerRequest request, long bytes) {
        if (bytes <= 0) {
            request.response().end("\"]");
            return;
        }
        request.response().write("x".repeat(CHUNK)).onSuccess(_ -> pour(request, bytes - CHUNK));
    }

    private static void send(HttpServerRequest request, HttpAnswer answer) {
        var response = request.response().setStatusCode(answer.status());
        answer.headers().forEach(response::putHeader);
        response.end(answer.body());
    }

    private static HttpCall call(HttpServerRequest request, Buffer body) {
        var parameters = new HashMap<String, List<String>>();
        request.params().forEach((name, value) -> add(parameters, name, value));
        var headers = new HashMap<String, String>();
        request.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
        var text = body.toString();
        if (headers.getOrDefault("content-type", "").startsWith("application/x-www-form-urlencoded")) {
            for (var field : text.split("&")) {
                var parts = field.split("=", 2);
                if (parts.length == 2) {
                    add(parameters, decoded(parts[0]), decoded(parts[1]));
                }
            }
        }
        // a plus is a plus in a path
        var path = decoded(request.path().replace("+", "%2B"));
        return new HttpCall(request.method().name(), path, parameters, headers, text);
    }

    private static void add(Map<String, List<String>> parameters, String name, String value) {
        parameters.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** Waits, as only starting and stopping may. */
    private static <T> AsyncResult<T> awaited(Future<T> future) {
        var done = new CountDownLatch(1);
        future.onComplete(_ -> done.countDown());
        try {
            return done.await(10, TimeUnit.SECONDS) ? future : Future.failedFuture("Not done after 10 seconds");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Future.failedFuture(interrupted);
        }
    }
}
