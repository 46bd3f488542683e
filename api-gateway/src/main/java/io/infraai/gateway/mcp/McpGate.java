package io.infraai.gateway.mcp;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.quarkiverse.mcp.server.runtime.McpMessageHandler;
import io.vertx.core.Handler;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import org.jspecify.annotations.Nullable;

import io.infraai.contracts.identity.Actor;
import io.infraai.contracts.identity.Permission;
import io.infraai.gateway.problem.ErrorCode;
import io.infraai.gateway.problem.Problem;
import io.infraai.gateway.problem.ProblemException;
import io.infraai.gateway.problem.Problems;
import io.infraai.gateway.security.Caller;

/**
 * Stands between authentication and the MCP library: who may speak at all, in which session, and that what arrives is a message.
 * What is wrong with the HTTP request is answered with a problem, what is wrong with the message with a JSON-RPC error.
 */
@ApplicationScoped
class McpGate {

    private static final String PATH = "/mcp";
    /** Authentication is a filter at -200, the library's own route comes after 0. */
    private static final int AFTER_AUTHENTICATION = -50;

    private static final Pattern LOOPBACK = Pattern.compile("(localhost|127\\.0\\.0\\.1|\\[::1])(:\\d{1,5})?");

    private static final String SESSION = "Mcp-Session-Id";
    private static final String VERSION = "Mcp-Protocol-Version";

    private final McpSessions sessions;
    private final McpTools tools;
    private final Set<String> allowedOrigins;
    private final Handler<RoutingContext> bodies;

    McpGate(McpSessions sessions, McpTools tools, McpConfig config) {
        this.sessions = sessions;
        this.tools = tools;
        this.allowedOrigins = config.allowedOrigins().orElse(Set.of());
        this.bodies =
                BodyHandler.create(false).setBodyLimit(config.messageLimit().asLongValue());
    }

    void install(@Observes Router router) {
        // one route each, since a route takes a body handler only as its first
        router.route(PATH + "*").order(AFTER_AUTHENTICATION).handler(guarded(this::enter));
        router.route(PATH + "*").order(AFTER_AUTHENTICATION + 1).handler(bodies);
        router.route(PATH + "*").order(AFTER_AUTHENTICATION + 2).handler(guarded(this::receive));
    }

    private static Handler<RoutingContext> guarded(Handler<RoutingContext> handler) {
        return context -> {
            try {
                handler.handle(context);
            } catch (ProblemException e) {
                Problems.send(context, e.problem());
            } catch (RpcFault e) {
                context.response()
                        .setStatusCode(e.status())
                        .putHeader("Content-Type", "application/json")
                        .end(e.json());
            }
        };
    }

    private void enter(RoutingContext context) {
        var request = context.request();
        if (!request.path().equals(PATH)) {
            throw new ProblemException(ErrorCode.NOT_FOUND, "The MCP server is at " + PATH);
        }
        requireKnownOrigin(context);
        var actor = Caller.of(context);
        if (!actor.may(Permission.READ)) {
            throw Problem.of(ErrorCode.FORBIDDEN, "It needs the permission read")
                    .withHeader("WWW-Authenticate", "Bearer realm=\"infraai\", error=\"insufficient_scope\"")
                    .asException();
        }
        var method = request.method().name();
        if (!method.equals("POST") && !method.equals("DELETE")) {
            throw Problem.of(ErrorCode.METHOD_NOT_ALLOWED, "Send messages with POST, end a session with DELETE")
                    .withHeader("Allow", "POST, DELETE")
                    .asException();
        }
        openSession(context, actor, method.equals("POST"));
        if (!request.isEnded()) {
            request.resume();
        }
        context.next();
    }

    private void requireKnownOrigin(RoutingContext context) {
        var headers = context.request().headers();
        for (var origin : headers.getAll("Origin")) {
            if (!allowedOrigins.contains(origin) && !isOwn(origin, headers.getAll("Host"))) {
                throw new ProblemException(ErrorCode.FORBIDDEN, "Web pages of this origin may not call it");
            }
        }
    }

    /** A page that came from where it calls, by a name that no other machine's address can be given. */
    private static boolean isOwn(String origin, List<String> hosts) {
        return hosts.size() == 1
                && LOOPBACK.matcher(hosts.getFirst()).matches()
                && (origin.equals("http://" + hosts.getFirst()) || origin.equals("https://" + hosts.getFirst()));
    }

    /** The library reads the id that is its own, the client the name made of it. */
    private void openSession(RoutingContext context, Actor actor, boolean mayBeNew) {
        var names = context.request().headers().getAll(SESSION);
        if (names.isEmpty() && !mayBeNew) {
            throw new ProblemException(ErrorCode.MALFORMED_REQUEST, "Which session is said in " + SESSION);
        }
        if (!names.isEmpty()) {
            var id = sessions.idOf(names.getFirst(), actor).filter(_ -> names.size() == 1);
            context.request()
                    .headers()
                    .set(
                            SESSION,
                            id.orElseThrow(() -> new ProblemException(
                                    ErrorCode.NOT_FOUND, "There is no such session, initialize anew")));
        }
        context.addHeadersEndHandler(_ -> {
            var id = context.response().headers().get(SESSION);
            if (id != null) {
                context.response().headers().set(SESSION, sessions.nameOf(id, actor));
            }
        });
    }

    private void receive(RoutingContext context) {
        if (context.request().method().name().equals("DELETE")) {
            context.next();
            return;
        }
        var buffer = context.body().buffer();
        var message = RpcMessage.read(buffer == null ? new byte[0] : buffer.getBytes());
        requireTransport(context, message);
        if (message.isIgnored()) {
            context.response().setStatusCode(202).end();
            return;
        }
        tools.refresh()
                .subscribe()
                .with(
                        _ -> context.next(),
                        _ -> Problems.send(context, Problem.unavailable("The tools can't be looked up for now")));
    }

    private static void requireTransport(RoutingContext context, RpcMessage message) {
        var headers = context.request().headers();
        var accepted = String.join(",", headers.getAll("Accept"));
        if (!accepted.contains("application/json") || !accepted.contains("text/event-stream")) {
            throw new ProblemException(
                    ErrorCode.NOT_ACCEPTABLE, "Accept application/json and text/event-stream, as the protocol wants");
        }
        var version = headers.get(VERSION);
        if (version != null && !McpMessageHandler.SUPPORTED_PROTOCOL_VERSIONS.contains(version)) {
            var data = JsonNodeFactory.instance.objectNode();
            McpMessageHandler.SUPPORTED_PROTOCOL_VERSIONS.forEach(data.putArray("supported")::add);
            throw RpcFault.transport(
                    RpcFault.UNSUPPORTED_VERSION,
                    message.id(),
                    data,
                    "This version of the protocol is not spoken here");
        }
        requireSame(headers.get("Mcp-Method"), message.method(), message);
        requireSame(headers.get("Mcp-Name"), message.params().path("name").asText(), message);
    }

    private static void requireSame(@Nullable String header, String body, RpcMessage message) {
        if (header != null && !header.equals(body)) {
            throw RpcFault.transport(
                    RpcFault.HEADER_MISMATCH, message.id(), RpcFault.empty(), "A header and the message differ");
        }
    }
}
