package io.infraai.contracts.stream;

import java.util.List;
import java.util.UUID;

import io.infraai.contracts.identity.TenantId;

/**
 * Episodes were committed and want a decision; rung by the gateway after COMMIT and by healing's sweeper, heard by healing.
 *
 * @param episodes of one transaction, at most 500
 */
public record EpisodesOpened(TenantId tenant, List<UUID> episodes) {

    public EpisodesOpened {
        episodes = List.copyOf(episodes);
    }
}
