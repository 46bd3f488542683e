package io.infraai.adapters.tool.http;

import java.util.Map;
import java.util.Optional;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import org.jspecify.annotations.Nullable;

/**
 * Sends each request once: Java's own client would send a {@code GET} whose connection is cut a second time, unasked. An
 * answer is cut off where it gets too large, and a request that nobody waits for any more is given up.
 */
final class Wire {

    private static final int MOST_BYTES = 8 * 1024 * 1024;

    private final HttpClient http;

    Wire(Vertx vertx, EndpointConfig config) {
        var options = new HttpClientOptions()
                // well before the whole request's time is up, so that it is known that nothing was sent
                .setConnectTimeout(Math.toIntExact(config.timeout().toMillis() / 2))
                .setVerifyHost(true);
        config.caFile().ifPresent(file -> options.setTrustOptions(new PemTrustOptions().addCertPath(file.toString())));
        config.certificateFile()
                .ifPresent(file -> options.setKeyCertOptions(new PemKeyCertOptions()
                        .addCertPath(file.toString())
                        .addKeyPath(config.keyFile().orElse(file).toString())));
        this.http = vertx.createHttpClient(
                options,
                new PoolOptions().setHttp1MaxSize(config.concurrency()).setMaxWaitQueueSize(config.concurrency() * 10));
    }

    /** What fails it are the client's own exceptions and {@link TooLarge}. */
    Uni<Received> send(Request request, String url, Map<String, String> headers) {
        return Uni.createFrom().emitter(emitter -> {
            var exchange = new Exchange(emitter);
            emitter.onTermination(exchange::giveUp);
            http.request(options(request, url, headers))
                    .onFailure(emitter::fail)
                    .onSuccess(opened -> exchange.begin(opened, content(request)));
        });
    }

    private static RequestOptions options(Request request, String url, Map<String, String> headers) {
        var fields = request.encodedFields();
        var inUrl = request.kind() != Request.Kind.FORM && !fields.isEmpty();
        var options = new RequestOptions()
                .setAbsoluteURI(url + request.path() + (inUrl ? "?" + fields : ""))
                .setFollowRedirects(false)
                .putHeader("Accept", "application/json");
        headers.forEach(options::putHeader);
        return switch (request.kind()) {
            case GET -> options.setMethod(HttpMethod.GET);
            case DELETE -> options.setMethod(HttpMethod.DELETE);
            case POST -> options.setMethod(HttpMethod.POST).putHeader("Content-Type", "application/json");
            case FORM ->
                options.setMethod(HttpMethod.POST).putHeader("Content-Type", "application/x-www-form-urlencoded");
        };
    }

    private static Buffer content(Request request) {
        return Buffer.buffer(request.kind() == Request.Kind.FORM ? request.encodedFields() : request.body());
    }

    /** One request on its way. */
    private static final class Exchange {

        private final UniEmitter<? super Received> emitter;
        private final Buffer body = Buffer.buffer();
        private @Nullable HttpClientRequest open;
        private boolean over;

        Exchange(UniEmitter<? super Received> emitter) {
            this.emitter = emitter;
        }

        /** Sends it, unless its time ran out while it waited for a connection. */
        synchronized void begin(HttpClientRequest opened, Buffer content) {
            if (over) {
                opened.reset();
                return;
            }
            open = opened;
            opened.response().onFailure(emitter::fail).onSuccess(this::collect);
            opened.end(content);
        }

        synchronized void giveUp() {
            over = true;
            if (open != null) {
                open.reset();
                open = null;
            }
        }

        private void collect(HttpClientResponse response) {
            response.exceptionHandler(emitter::fail);
            response.handler(chunk -> {
                if (body.length() + chunk.length() > MOST_BYTES) {
                    emitter.fail(new TooLarge());
                } else {
                    body.appendBuffer(chunk);
                }
            });
            response.endHandler(_ -> finish(response));
        }

        private synchronized void finish(HttpClientResponse response) {
            // what is over need not be given up: the connection serves the next request
            open = null;
            emitter.complete(new Received(
                    response.statusCode(),
                    Optional.ofNullable(response.getHeader("Content-Type")).orElse(""),
                    Optional.ofNullable(response.getHeader("Retry-After")).filter(it -> it.matches("[\\w :,]{1,40}")),
                    body));
        }
    }

    /** An answer that was cut off. */
    static final class TooLarge extends RuntimeException {

        TooLarge() {
            super("More than 8 MiB", null, false, false);
        }
    }
}
