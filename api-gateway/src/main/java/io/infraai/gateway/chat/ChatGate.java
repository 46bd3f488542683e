package io.infraai.gateway.chat;

import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.quarkus.websockets.next.HttpUpgradeCheck;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

import io.infraai.contracts.identity.Permission;
import io.infraai.gateway.problem.ErrorCode;
import io.infraai.gateway.problem.ProblemException;
import io.infraai.gateway.problem.Problems;
import io.infraai.gateway.security.Caller;

/**
 * Stands before the WebSocket: who may open one, from where, and how many. What is refused is answered with a problem, before
 * the connection stops being HTTP.
 */
@ApplicationScoped
class ChatGate implements HttpUpgradeCheck {

    /** Authentication is a filter at -200, the WebSocket's own route comes after 0. */
    private static final int AFTER_AUTHENTICATION = -50;

    private final OpenStreams places;
    private final Set<String> allowedOrigins;

    ChatGate(OpenStreams places, ChatConfig config) {
        this.places = places;
        this.allowedOrigins = config.allowedOrigins().orElse(Set.of());
    }

    void install(@Observes Router router) {
        router.route(ChatSocket.PATH).order(AFTER_AUTHENTICATION).handler(this::enter);
    }

    private void enter(RoutingContext context) {
        try {
            check(context);
        } catch (ProblemException e) {
            Problems.send(context, e.problem());
            return;
        }
        context.next();
    }

    private void check(RoutingContext context) {
        var request = context.request();
        for (var origin : request.headers().getAll("Origin")) {
            if (!allowedOrigins.contains(origin)) {
                throw new ProblemException(ErrorCode.FORBIDDEN, "Web pages of this origin may not open it");
            }
        }
        var actor = Caller.of(context);
        Caller.require(actor, Permission.CALL_READING_TOOLS);
        if (!"websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
            throw new ProblemException(ErrorCode.MALFORMED_REQUEST, "Speak WebSocket here, or HTTP with /api/chat");
        }
        SocketWish.of(request);
        if (places.isFull(actor)) {
            throw places.full();
        }
    }

    /** Hands on what was checked. */
    @Override
    public Uni<CheckResult> perform(HttpUpgradeContext context) {
        return context.securityIdentity().map(identity -> {
            context.userData().put(ChatSocket.BEARER, Caller.bearerOf(identity));
            context.userData().put(ChatSocket.WISH, SocketWish.of(context.httpRequest()));
            return CheckResult.permitUpgradeSync();
        });
    }
}
