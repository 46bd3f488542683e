package io.infraai.gateway.chat;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

import io.vertx.core.http.HttpServerRequest;

import io.infraai.gateway.request.Query;

/**
 * Which conversation a WebSocket is opened for.
 *
 * @param sessionId a new one without
 * @param after number of the last frame that the client has; without, it is told what comes from now on
 */
record SocketWish(Optional<String> sessionId, OptionalLong after) {

    private static final Set<String> PARAMETERS = Set.of("session_id", "after");

    static SocketWish of(HttpServerRequest request) {
        var parameters = request.params();
        for (var name : parameters.names()) {
            if (!PARAMETERS.contains(name) || parameters.getAll(name).size() > 1) {
                throw Query.invalid("Say session_id and after, each once at most");
            }
        }
        var session = Optional.ofNullable(parameters.get("session_id"));
        if (session.isPresent() && !ChatRequest.isSession(session.get())) {
            throw Query.invalid("'session_id' must have 1 to 64 of the characters A-Z a-z 0-9 _ -");
        }
        var after = parameters.get("after");
        return new SocketWish(
                session, after == null ? OptionalLong.empty() : OptionalLong.of(ChatEventsResource.number(after)));
    }
}
