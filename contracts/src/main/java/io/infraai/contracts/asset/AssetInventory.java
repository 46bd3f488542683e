package io.infraai.contracts.asset;

import java.util.List;
import java.util.OptionalLong;

import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

import io.infraai.contracts.identity.TenantId;
import io.infraai.contracts.tool.ToolContext;

/**
 * The assets of each tenant. Adapters write into it and read from it; where it is kept is no concern of theirs. Never blocks;
 * every call may be repeated.
 */
public interface AssetInventory {

    /** Takes what was seen: new assets, and news of known ones. Several sightings of one asset in a call become one. */
    Uni<Void> record(TenantId tenant, List<Sighting> seen);

    /** Newest first; what was recorded in the last seconds may be missing. */
    Uni<List<Asset>> find(TenantId tenant, Filter filter);

    /**
     * Says that a look begins.
     *
     * @return its id
     */
    Uni<Long> begin(ToolContext context, Subnet subnet);

    /**
     * Says how far a look is and what it saw since it last told: both are there, or neither. After one that ends it, its
     * progress stays as it is.
     */
    Uni<Void> report(TenantId tenant, long discovery, Discovery.Progress progress, List<Sighting> seen);

    /** Newest first. */
    Uni<List<Discovery>> discoveries(TenantId tenant, OptionalLong before, int limit);

    /**
     * @param text what address, name, services or attributes hold, in any case
     * @param before only assets with a smaller id
     */
    record Filter(@Nullable AssetType type, @Nullable String text, OptionalLong before, int limit) {}
}
