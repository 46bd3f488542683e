package io.infraai.gateway.guard;

import java.time.Duration;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.ext.web.RoutingContext;
import org.eclipse.microprofile.config.inject.ConfigProperty;

import io.infraai.gateway.problem.ErrorCode;
import io.infraai.gateway.problem.Problem;
import io.infraai.gateway.problem.Problems;
import io.infraai.gateway.problem.RequestId;

/** Stands before authentication and routing: refuses what is doubtful, and ends bodies that never end. */
@ApplicationScoped
class EarlyGuard {

    private static final int BEFORE_EVERYTHING = 10_000;
    private static final long MEBIBYTE = 1024 * 1024;

    private final Vertx vertx;
    private final GuardConfig config;
    private final RequestRules rules;
    private final long mostBytes;
    private final Set<HttpConnection> refused =
            Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    EarlyGuard(
            Vertx vertx,
            GuardConfig config,
            @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize mostBytes) {
        this.vertx = vertx;
        this.config = config;
        this.mostBytes = mostBytes.asLongValue();
        this.rules = new RequestRules(config.queryParameters(), this.mostBytes);
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, BEFORE_EVERYTHING);
    }

    private void check(RoutingContext context) {
        var connection = context.request().connection();
        if (refused.contains(connection)) {
            // what was sent behind a refused head may be the body of it
            connection.close();
            return;
        }
        context.response()
                .putHeader("X-Request-Id", RequestId.of(context))
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader("Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'");
        var refusal = rules.judge(context.request());
        if (refusal.isPresent()) {
            refused.add(connection);
            Problems.refuse(context, refusal.get());
            return;
        }
        watchBody(context);
        context.next();
    }

    /** An idle timeout wouldn't do: each byte that drips in resets it. */
    private void watchBody(RoutingContext context) {
        var request = context.request();
        if (!RequestRules.hasBody(request) || request.isEnded()) {
            return;
        }
        var timer = vertx.setTimer(patience(context).toMillis(), _ -> {
            if (!request.isEnded()) {
                Problems.refuse(context, Problem.of(ErrorCode.REQUEST_TIMEOUT, "The body did not arrive in time"));
            }
        });
        request.end().onComplete(_ -> vertx.cancelTimer(timer));
    }

    private Duration patience(RoutingContext context) {
        var announced = RequestRules.announced(context.request());
        return config.bodyDeadline().plusSeconds((announced > 0 ? announced : mostBytes) / MEBIBYTE);
    }
}
