package io.infraai.gateway.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;

import io.infraai.contracts.identity.Actor;
import io.infraai.gateway.request.CallerContext;
import io.infraai.persistence.access.ApiKeyStore;
import io.infraai.persistence.access.ApiKeyStore.ApiKey;

/** Finds out whose a key is. What the store says of a key is believed for a second. */
@ApplicationScoped
class ApiKeys {

    private static final Duration BELIEVED = Duration.ofSeconds(1);
    private static final int MOST_REMEMBERED = 10_000;
    private static final String NOBODYS_HASH = "0".repeat(64);

    private final ApiKeyStore store;
    private final KeyHash hash;
    private final Clock clock;
    private final ConcurrentHashMap<String, Known> known = new ConcurrentHashMap<>();

    private record Known(Uni<Optional<ApiKey>> key, Instant since) {}

    ApiKeys(ApiKeyStore store, KeyHash hash, Clock clock) {
        this.store = store;
        this.hash = hash;
        this.clock = clock;
    }

    /** Empty for a key that is unknown, wrong, revoked or expired; which of these is nobody's business. */
    Uni<Optional<Actor>> actor(KeyText presented) {
        return lookUp(presented.id()).map(found -> {
            // unknown ids cost a comparison too
            var fits = hash.fits(presented.material(), found.map(ApiKey::hash).orElse(NOBODYS_HASH));
            return found.filter(key -> fits && works(key)).map(ApiKeys::actor);
        });
    }

    /** Whether a key that was presented before still makes its bearer the same actor. */
    Uni<Boolean> holds(Bearer bearer) {
        return lookUp(bearer.keyId())
                .map(found -> found.filter(this::works)
                        .map(ApiKeys::actor)
                        .filter(bearer.actor()::equals)
                        .isPresent());
    }

    void forget(String id) {
        known.remove(id);
    }

    private Uni<Optional<ApiKey>> lookUp(String id) {
        var now = clock.instant();
        if (known.size() >= MOST_REMEMBERED) {
            known.clear();
        }
        return known.compute(
                        id,
                        (_, earlier) ->
                                earlier != null && now.isBefore(earlier.since().plus(BELIEVED))
                                        ? earlier
                                        : new Known(
                                                store.byId(id)
                                                        .onFailure()
                                                        .invoke(() -> known.remove(id))
                                                        .memoize()
                                                        .indefinitely(),
                                                now))
                .key()
                .emitOn(CallerContext.current());
    }

    private boolean works(ApiKey key) {
        return key.revokedAt() == null
                && (key.expiresAt() == null || key.expiresAt().isAfter(clock.instant()));
    }

    private static Actor actor(ApiKey key) {
        return new Actor(key.tenant(), "key:" + key.name(), key.roles());
    }
}
