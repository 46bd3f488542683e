package io.infraai.engine.model;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;

import io.infraai.contracts.identity.Secret;

/** A model behind HTTP. Each request goes out once, follows no redirect, and is given up when nobody waits for it. */
final class RemoteProvider implements Provider {

    private final Endpoint endpoint;
    private final Protocol protocol;
    private final HttpClient http;
    private final Executor threads;
    private final ObjectMapper json;
    private final Clock clock;

    RemoteProvider(
            Endpoint endpoint, Protocol protocol, HttpClient http, Executor threads, ObjectMapper json, Clock clock) {
        this.endpoint = endpoint;
        this.protocol = protocol;
        this.http = http;
        this.threads = threads;
        this.json = json;
        this.clock = clock;
    }

    @Override
    public Uni<Whole> ask(ModelRequest request, Consumer<String> tokens) {
        return Uni.createFrom()
                .item(() -> outgoing(request))
                .runSubscriptionOn(threads)
                .chain(outgoing -> sent(outgoing, tokens));
    }

    /** Everything that may block or take a while. */
    private Outgoing outgoing(ModelRequest request) {
        var key = endpoint.key();
        var options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setAbsoluteURI(endpoint.url(protocol.path()))
                .setFollowRedirects(false)
                // sweeps up what the answer's own time limits have left
                .setIdleTimeout(2 * longestPause().toMillis())
                .putHeader("Content-Type", "application/json")
                .putHeader("Accept", "text/event-stream")
                .putHeader("User-Agent", "infraai");
        protocol.headers(key).forEach(options::putHeader);
        var body =
                Buffer.buffer(protocol.body(request.withTools(endpoint.config().tools()), endpoint.config())
                        .toString());
        return new Outgoing(options, body, key);
    }

    private Duration longestPause() {
        var first = endpoint.config().firstToken();
        var next = endpoint.config().nextToken();
        return first.compareTo(next) > 0 ? first : next;
    }

    private Uni<Whole> sent(Outgoing outgoing, Consumer<String> tokens) {
        return Uni.createFrom().emitter(emitter -> {
            var answer = new Answer(emitter, protocol.reading(), tokens, endpoint.prefix(), json);
            var exchange = new Exchange(answer, outgoing.key(), endpoint.prefix(), json, clock);
            emitter.onTermination(exchange::giveUp);
            http.request(outgoing.options())
                    .onFailure(exchange::unreachable)
                    .onSuccess(opened -> exchange.begin(opened, outgoing.body()));
        });
    }

    /** What is sent, with what must not be repeated to anybody. */
    record Outgoing(RequestOptions options, Buffer body, Optional<Secret> key) {

        @Override
        public String toString() {
            return "Outgoing[" + body.length() + " bytes]";
        }
    }
}
