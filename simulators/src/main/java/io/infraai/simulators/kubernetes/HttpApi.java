package io.infraai.simulators.kubernetes;

import java.time.InstantSource;
import java.util.Optional;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/** Takes requests off the wire, lets faults strike them, and sends the answers. */
final class HttpApi {

    private final Vertx vertx;
    private final ClusterState state;
    private final ApiRouter router;
    private final AccessControl access;
    private final CallLog calls;
    private final Faults faults;
    private final InstantSource clock;

    HttpApi(Vertx vertx, ClusterState state, AccessControl access, CallLog calls, Faults faults, InstantSource clock) {
        this.vertx = vertx;
        this.state = state;
        this.router = new ApiRouter(state, access);
        this.access = access;
        this.calls = calls;
        this.faults = faults;
        this.clock = clock;
    }

    void handle(HttpServerRequest request) {
        if (WatchStream.wantsWebSocket(request)) {
            take(request, Buffer.buffer());
        } else {
            request.body().onSuccess(body -> take(request, body));
        }
    }

    private void take(HttpServerRequest request, Buffer body) {
        var target = Target.parse(request.path());
        var named = target.isEmpty() || !target.get().name().isEmpty();
        var verb = ApiRequest.verb(request.method().name(), request.params(), named);
        var call = calls.open(clock.instant(), verb, request);
        var exchange = new Exchange(vertx, request, call, clock);
        var fault = faults.strike(verb, request.uri());
        if (fault.isEmpty()) {
            serve(exchange, target, verb, body);
            return;
        }
        call.struck(fault.get().kind());
        var rule = fault.get();
        switch (rule.kind()) {
            case LATENCY -> exchange.later(rule.delay(), () -> serve(exchange, target, verb, body));
            case ERROR_BEFORE -> exchange.send(failed(rule));
            case ERROR_AFTER -> {
                outcome(exchange, target, verb, body);
                exchange.send(failed(rule));
            }
            case LOST_REQUEST -> exchange.drop();
            case LOST_REPLY -> {
                outcome(exchange, target, verb, body);
                exchange.drop();
            }
            case LATE_REPLY -> {
                var answer = outcome(exchange, target, verb, body);
                exchange.later(rule.delay(), () -> exchange.send(answer));
            }
            case HANG -> {}
            case HTML -> exchange.send(Answer.html(rule.status()));
            case HALF_ANSWER ->
                exchange.send(outcome(exchange, target, verb, body).half());
        }
    }

    private void serve(Exchange exchange, Optional<Target> target, String verb, Buffer body) {
        if (!verb.equals("watch") || target.isEmpty()) {
            exchange.send(outcome(exchange, target, verb, body));
            return;
        }
        try {
            var request = exchange.request();
            access.authenticate(request.getHeader("Authorization"));
            var watch = new ApiRequest(verb, target.get(), request.params(), "", ApiRequest.Body.NONE);
            access.authorize(watch);
            new WatchStream(vertx, state, watch).serve(exchange);
        } catch (ApiFailure failure) {
            exchange.send(Answer.failure(failure));
        }
    }

    private Answer outcome(Exchange exchange, Optional<Target> target, String verb, Buffer sent) {
        var request = exchange.request();
        var body = new ApiRequest.Body(sent);
        try {
            access.authenticate(request.getHeader("Authorization"));
            var besides = router.besidesResources(request.method().name(), request.path(), body);
            if (besides.isPresent()) {
                return besides.get();
            }
            var contentType =
                    Optional.ofNullable(request.getHeader("Content-Type")).orElse("");
            return router.answer(
                    new ApiRequest(
                            verb, target.orElseThrow(ApiFailure::noSuchPath), request.params(), contentType, body),
                    exchange.call());
        } catch (ApiFailure failure) {
            return Answer.failure(failure);
        }
    }

    private static Answer failed(FaultRule rule) {
        var answer = Answer.failure(ApiFailure.ofServer(rule.status()));
        return rule.delay().isZero()
                ? answer
                : answer.with(
                        "Retry-After", Long.toString(Math.max(1, rule.delay().toSeconds())));
    }
}
