package io.infraai.adapters.tool.http;

import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLException;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.http.ConnectionPoolTooBusyException;

import io.infraai.adapters.tool.http.Answer.Missing;
import io.infraai.contracts.tool.FailureReason;
import io.infraai.contracts.tool.ToolResult.Failed;

/**
 * A JSON API at one configured address. Every request is sent at most once, within a time and a size, follows no redirect,
 * and ends in an {@link Answer}; a failed {@link Uni} is a bug. What answers is read on a virtual thread.
 */
public final class JsonEndpoint {

    private final String platform;
    private final String prefix;
    private final EndpointConfig config;
    private final Map<String, String> headers;
    private final ObjectMapper json;
    private final Wire wire;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /**
     * @param platform as people call it
     * @param prefix of its configuration keys
     * @param headers sent with every request
     */
    public JsonEndpoint(
            String platform,
            String prefix,
            EndpointConfig config,
            Map<String, String> headers,
            Vertx vertx,
            ObjectMapper json) {
        this.platform = platform;
        this.prefix = prefix;
        this.config = config;
        this.headers = Map.copyOf(headers);
        this.json = json;
        this.wire = new Wire(vertx, config);
    }

    public Uni<Answer> ask(Request request) {
        return Uni.createFrom()
                .item(() -> Credentials.of(config, prefix))
                .runSubscriptionOn(threads)
                .chain(credentials -> ask(request, address(), credentials))
                .onFailure(CannotAsk.class)
                .recoverWithItem(failure -> missing(failure.failure()));
    }

    private Uni<Answer> ask(Request request, URI address, Credentials credentials) {
        var sent = new HashMap<>(headers);
        sent.put("User-Agent", "infraai");
        credentials.authorization().ifPresent(authorization -> sent.put("Authorization", authorization.reveal()));
        var base = address.toString().replaceAll("/+$", "");
        var from = platform + " at " + base + request.path();
        return wire.send(request, base, sent)
                .ifNoItem()
                .after(config.timeout())
                .fail()
                .emitOn(threads)
                .map(received -> received.read(request, from, credentials, json))
                .onFailure(failure -> !(failure instanceof CannotAsk))
                .recoverWithItem(failure -> missing(failed(request, from, failure)));
    }

    private URI address() {
        var address = config.url()
                .orElseThrow(() -> new CannotAsk(
                        FailureReason.NOT_PERMITTED, "No " + platform + " is configured: set " + prefix + ".url"));
        var scheme = address.getScheme();
        if (address.getHost() == null
                || !("http".equals(scheme) || "https".equals(scheme))
                || address.getRawUserInfo() != null
                || address.getRawQuery() != null
                || address.getRawFragment() != null) {
            throw new CannotAsk(
                    FailureReason.NOT_PERMITTED,
                    prefix + ".url must be http:// or https:// with a host and at most a path; who we are has keys of"
                            + " its own");
        }
        return address;
    }

    private Failed failed(Request request, String from, Throwable failure) {
        return switch (failure) {
            case TimeoutException _ ->
                new Failed(
                        FailureReason.TIMED_OUT,
                        from + " gave no whole answer within "
                                + config.timeout().toMillis() + " ms");
            case Wire.TooLarge _ ->
                new Failed(
                        request.changes() ? FailureReason.TIMED_OUT : FailureReason.INVALID_PARAMETERS,
                        from + " answered with more than 8 MiB: ask for less");
            case ConnectionPoolTooBusyException _ ->
                new Failed(FailureReason.HELD_BACK, "Too many requests wait for " + platform);
            case UnknownHostException _, ConnectException _ ->
                new Failed(FailureReason.UNREACHABLE, from + " can't be reached: " + failure.getMessage());
            case SSLException _ ->
                new Failed(FailureReason.UNREACHABLE, from + " and we agree on no TLS: " + failure.getMessage());
            default ->
                new Failed(
                        FailureReason.TIMED_OUT,
                        from + " gave no usable answer (" + failure.getClass().getSimpleName() + ")");
        };
    }

    private static Answer missing(Failed failure) {
        return new Missing(failure, MissingNode.getInstance());
    }
}
