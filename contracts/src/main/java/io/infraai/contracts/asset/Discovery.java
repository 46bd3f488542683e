package io.infraai.contracts.asset;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;

/**
 * A look for assets in a subnet, and how far it is.
 *
 * @param correlationId the uid of the task that it belongs to, or the id of the call
 * @param total addresses to look at
 * @param probed addresses that were looked at
 * @param found addresses that have an open port
 * @param updatedAt when it last told how far it is
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Discovery(
        long id,
        String subnet,
        String correlationId,
        String requestedBy,
        DiscoveryState state,
        int total,
        int probed,
        int found,
        Instant startedAt,
        Instant updatedAt,
        @Nullable Instant endedAt) {

    /** How far a look is: what it tells each second while it runs. */
    public record Progress(DiscoveryState state, int probed, int found) {}
}
