package io.infraai.gateway.status;

import java.time.Duration;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.smallrye.mutiny.Uni;

/** Asks Redis whether it is there. */
@ApplicationScoped
class Doorbell {

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final ReactiveRedisDataSource redis;

    Doorbell(ReactiveRedisDataSource redis) {
        this.redis = redis;
    }

    Uni<Boolean> answers() {
        return Uni.createFrom()
                .deferred(() -> redis.execute("PING"))
                .map(_ -> true)
                .ifNoItem()
                .after(PATIENCE)
                .recoverWithItem(false)
                .onFailure()
                .recoverWithItem(false);
    }
}
