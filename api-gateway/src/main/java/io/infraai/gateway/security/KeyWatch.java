package io.infraai.gateway.security;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import org.jboss.logging.Logger;

/**
 * Ends what outlives the request that a key let in, once the key is revoked, has expired, or gives other roles. A store that
 * can't be reached ends nothing: what is asked over an open connection is refused by it anyway.
 */
@ApplicationScoped
public class KeyWatch {

    private static final Logger LOG = Logger.getLogger(KeyWatch.class);

    /** With the second for which a key is believed, within five. */
    private static final Duration ROUND = Duration.ofSeconds(3);

    private final ApiKeys keys;
    private final Vertx vertx;
    private final ConcurrentMap<Bearer, Set<Runnable>> watched = new ConcurrentHashMap<>();

    KeyWatch(ApiKeys keys, Vertx vertx) {
        this.keys = keys;
        this.vertx = vertx;
    }

    void start(@Observes StartupEvent start) {
        vertx.setPeriodic(ROUND.toMillis(), _ -> watched.keySet().forEach(this::check));
    }

    /** Whether the key still lets this bearer in, with the same roles. */
    public Uni<Boolean> holds(Bearer bearer) {
        return keys.holds(bearer);
    }

    /**
     * Watches until what it answers is run.
     *
     * @param end run once when the key doesn't hold any more
     */
    public Runnable watch(Bearer bearer, Runnable end) {
        watched.compute(bearer, (_, known) -> {
            var all = known == null ? ConcurrentHashMap.<Runnable>newKeySet() : known;
            all.add(end);
            return all;
        });
        return () -> watched.computeIfPresent(bearer, (_, all) -> {
            all.remove(end);
            return all.isEmpty() ? null : all;
        });
    }

    private void check(Bearer bearer) {
        var _ = keys.holds(bearer)
                .subscribe()
                .with(
                        holds -> {
                            if (!holds) {
                                end(bearer);
                            }
                        },
                        failure -> LOG.debugf("A key could not be checked: %s", failure.getMessage()));
    }

    private void end(Bearer bearer) {
        var all = watched.remove(bearer);
        if (all != null) {
            LOG.infof("Ended %d open connections, keyId=%s: the key doesn't hold any more", all.size(), bearer.keyId());
            all.forEach(Runnable::run);
        }
    }
}
