package io.infraai.persistence.catalog;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import jakarta.inject.Singleton;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;

/** The directory as it was a second ago at most, for those who ask often. */
@Singleton
public final class RecentTools {

    private static final Duration BELIEVED = Duration.ofSeconds(1);

    private final Uni<Catalogue> looked;
    private volatile Catalogue latest = Catalogue.EMPTY;
    private volatile Instant lookedAt = Instant.MIN;

    public RecentTools(ToolDirectory directory, Clock clock) {
        this.looked = directory
                .all()
                .invoke(now -> {
                    latest = now.all().equals(latest.all()) ? latest : now;
                    lookedAt = clock.instant();
                })
                .map(_ -> latest)
                .memoize()
                .until(() -> !clock.instant().isBefore(lookedAt.plus(BELIEVED)));
    }

    /**
     * Completes on the caller's Vert.x context when there is one. As long as no tool changes it is the same object, so that
     * what is made of it may be kept with it.
     */
    public Uni<Catalogue> now() {
        var caller = Vertx.currentContext();
        return caller == null ? looked : looked.emitOn(task -> caller.runOnContext(_ -> task.run()));
    }

    /** As it was when last looked at; empty before that. */
    public Catalogue latest() {
        return latest;
    }
}
