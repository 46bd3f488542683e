package io.infraai.gateway.security;

import java.util.Locale;

import io.vertx.core.http.HttpServerRequest;

/** What a request shows to say who sent it. */
sealed interface Credentials {

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
        if (keys.size() + authorizations.size() > 1) {
            return new Ambiguous("Send one key, in one header");
        }
        if (!keys.isEmpty()) {
            return keys.getFirst().isBlank()
                    ? new None()
                    : new Key(keys.getFirst().strip());
        }
        return authorizations.isEmpty() ? new None() : bearer(authorizations.getFirst());
    }

    private static Credentials bearer(String authorization) {
        if (authorization.isBlank()) {
            return new None();
        }
        var bearer = authorization.toLowerCase(Locale.ROOT).startsWith("bearer ");
        return new Key(bearer ? authorization.substring("bearer ".length()).strip() : "");
    }
}
