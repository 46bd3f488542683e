package io.infraai.gateway.security;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import io.vertx.core.http.HttpServerRequest;

/** What a request shows to say who sent it. */
sealed interface Credentials {

    String BEARER_PROTOCOL = "infraai.bearer.";

    Pattern COMMA = Pattern.compile(",");

    record None() implements Credentials {}

    record Key(String text) implements Credentials {
        @Override
        public String toString() {
            return "Key[***]";
        }
    }

    record Ambiguous(String detail) implements Credentials {}

    static Credentials of(HttpServerRequest request) {
        var keys = request.headers().getAll("X-API-KEY");
        var authorizations = request.headers().getAll("Authorization");
        var offered = offered(request);
        if (keys.size() + authorizations.size() + offered.size() > 1) {
            return new Ambiguous("Send one key, in one header");
        }
        if (!offered.isEmpty()) {
            return new Key(offered.getFirst());
        }
        if (!keys.isEmpty()) {
            return keys.getFirst().isBlank()
                    ? new None()
                    : new Key(keys.getFirst().strip());
        }
        return authorizations.isEmpty() ? new None() : bearer(authorizations.getFirst());
    }

    /**
     * What a browser can say of itself with a WebSocket: it sets no header but the list of protocols that it offers. The one
     * that holds the key is never the one that is agreed on, so no answer repeats it.
     */
    private static List<String> offered(HttpServerRequest request) {
        return request.headers().getAll("Sec-WebSocket-Protocol").stream()
                .flatMap(COMMA::splitAsStream)
                .map(String::strip)
                .filter(protocol -> protocol.startsWith(BEARER_PROTOCOL))
                .map(protocol -> protocol.substring(BEARER_PROTOCOL.length()))
                .toList();
    }

    private static Credentials bearer(String authorization) {
        if (authorization.isBlank()) {
            return new None();
        }
        var bearer = authorization.toLowerCase(Locale.ROOT).startsWith("bearer ");
        return new Key(bearer ? authorization.substring("bearer ".length()).strip() : "");
    }
}
