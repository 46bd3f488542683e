package io.infraai.adapters.mcp;

import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import org.jspecify.annotations.Nullable;

import io.infraai.contracts.identity.Secret;
import io.infraai.contracts.tool.FailureReason;

/** Streamable HTTP. */
final class HttpConnection implements Connection {

    private static final Duration CONNECTING = Duration.ofSeconds(5);
    private static final String SESSION = "Mcp-Session-Id";

    private final Destination destination;
    private final Optional<Secret> credential;
    private final HttpClient http;
    private final AtomicLong ids = new AtomicLong();
    private final AtomicReference<@Nullable String> session = new AtomicReference<>();
    private volatile boolean alive = true;

    HttpConnection(Destination destination, Optional<Secret> credential) {
        this.destination = destination;
        this.credential = credential;
        this.http = HttpClient.newBuilder()
                .version(Version.HTTP_1_1)
                .followRedirects(Redirect.NEVER)
                .connectTimeout(CONNECTING)
                .build();
    }

    @Override
    public Uni<Reply> ask(String method, ObjectNode params, Duration limit) {
        return Uni.createFrom()
                .item(destination::refusal)
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .chain(refusal ->
                        refusal.map(it -> Uni.createFrom().item(it)).orElseGet(() -> exchange(method, params)))
                .ifNoItem()
                .after(limit)
                .recoverWithItem(() -> new Reply.Failure(
                        FailureReason.TIMED_OUT,
                        "No answer within " + limit.toSeconds() + " s; it may have been done"));
    }

    private Uni<Reply> exchange(String method, ObjectNode params) {
        var id = ids.incrementAndGet();
        return Uni.createFrom().emitter(emitter -> {
            var settled = new AtomicBoolean();
            var exchange =
                    http.sendAsync(post(Rpc.request(id, method, params)), head -> body(head, id, emitter::complete));
            exchange.whenComplete((response, failure) -> {
                // what we cut off ourselves says nothing about the server
                if (!settled.get()) {
                    emitter.complete(failure == null ? response.body() : unanswered(failure));
                }
            });
            // an answer that never ends, or events after it, would else go on without a reader
            emitter.onTermination(() -> {
                settled.set(true);
                exchange.cancel(true);
            });
        });
    }

    @Override
    public void tell(String method) {
        send(Rpc.notification(method));
    }

    @Override
    public boolean alive() {
        return alive;
    }

    @Override
    public void close() {
        alive = false;
        http.shutdownNow();
    }

    private void send(ObjectNode message) {
        http.sendAsync(post(message), BodyHandlers.discarding());
    }

    private HttpRequest post(ObjectNode message) {
        var request = HttpRequest.newBuilder(destination.url())
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .POST(BodyPublishers.ofString(message.toString()));
        credential.ifPresent(it -> request.header("Authorization", "Bearer " + it.reveal()));
        var known = session.get();
        if (known != null) {
            request.header(SESSION, known).header("MCP-Protocol-Version", Rpc.VERSION);
        }
        return request.build();
    }

    private BodySubscriber<Reply> body(ResponseInfo head, long id, Consumer<Reply> answered) {
        if (head.statusCode() / 100 != 2) {
            return BodySubscribers.replacing(refused(head.statusCode()));
        }
        head.headers().firstValue(SESSION).ifPresent(session::set);
        var type = head.headers().firstValue("Content-Type").orElse("none");
        if (type.startsWith("application/json")) {
            return BodySubscribers.limiting(
                    BodySubscribers.mapping(
                            BodySubscribers.ofString(StandardCharsets.UTF_8), text -> answer(Rpc.read(text), id)),
                    Rpc.MOST_READ);
        }
        if (type.startsWith("text/event-stream")) {
            var lines = new EventLines(id, answered, this::refuse);
            return BodySubscribers.limiting(
                    BodySubscribers.fromLineSubscriber(lines, EventLines::reply, StandardCharsets.UTF_8, null),
                    Rpc.MOST_READ);
        }
        return BodySubscribers.replacing(new Reply.Failure(
                FailureReason.TIMED_OUT, "The server answered with the media type " + ResultText.cut(type, 100)));
    }

    private void refuse(JsonNode id) {
        send(Rpc.refusal(id));
    }

    private static Reply answer(JsonNode message, long id) {
        return Rpc.answers(message, id)
                ? Rpc.reply(message)
                : new Reply.Failure(FailureReason.TIMED_OUT, "The server answered with something that is no answer");
    }

    private Reply refused(int status) {
        var text = "The server answered " + status;
        if (status / 100 == 3) {
            return new Reply.Failure(FailureReason.NOT_PERMITTED, text + ": redirects are not followed");
        }
        return switch (status) {
            case 401, 403 -> new Reply.Failure(FailureReason.NOT_PERMITTED, text);
            case 404 -> {
                alive = false;
                yield new Reply.Failure(FailureReason.UNREACHABLE, text + ": it doesn't know the session any more");
            }
            case 429 -> new Reply.Failure(FailureReason.REFUSED_FOR_NOW, text);
            default ->
                new Reply.Failure(status >= 500 ? FailureReason.TIMED_OUT : FailureReason.INVALID_PARAMETERS, text);
        };
    }

    private Reply unanswered(Throwable failure) {
        alive = false;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException
                    || cause instanceof HttpConnectTimeoutException
                    || cause instanceof UnresolvedAddressException) {
                return new Reply.Failure(FailureReason.UNREACHABLE, "The server can't be reached");
            }
        }
        return new Reply.Failure(
                FailureReason.TIMED_OUT,
                "The server gave no usable answer: " + ResultText.cut("" + failure.getMessage(), 200));
    }
}
