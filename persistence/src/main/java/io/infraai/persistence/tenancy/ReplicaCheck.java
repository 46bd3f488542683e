package io.infraai.persistence.tenancy;

import jakarta.inject.Singleton;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Tells whether the replica is read from. Never a reason to be out of the way: the primary answers in its place. */
@Readiness
@Singleton
final class ReplicaCheck implements AsyncHealthCheck {

    private final Replica replica;

    ReplicaCheck(Replica replica) {
        this.replica = replica;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        var response = HealthCheckResponse.named("Database replica")
                .up()
                .withData("used", replica.isFit())
                .withData("why", replica.note());
        replica.lag().ifPresent(lag -> response.withData("behind_ms", lag.toMillis()));
        return Uni.createFrom().item(response.build());
    }
}
