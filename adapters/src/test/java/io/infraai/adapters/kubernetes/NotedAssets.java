package io.infraai.adapters.kubernetes;

import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;

import io.smallrye.mutiny.Uni;

import io.infraai.contracts.asset.Asset;
import io.infraai.contracts.asset.AssetInventory;
import io.infraai.contracts.asset.Discovery;
import io.infraai.contracts.asset.Sighting;
import io.infraai.contracts.asset.Subnet;
import io.infraai.contracts.identity.TenantId;
import io.infraai.contracts.tool.ToolContext;

/** Keeps sightings in memory, unless it is told to fail. */
final class NotedAssets implements AssetInventory {

    private final List<Sighting> noted = new CopyOnWriteArrayList<>();
    private volatile boolean away;

    void goAway() {
        away = true;
    }

    List<Sighting> noted() {
        return noted;
    }

    @Override
    public Uni<Void> record(TenantId tenant, List<Sighting> seen) {
        if (away) {
            throw new IllegalStateException("The database is away");
        }
        noted.addAll(seen);
        return Uni.createFrom().voidItem();
    }

    @Override
    public Uni<List<Asset>> find(TenantId tenant, Filter filter) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Uni<Long> begin(ToolContext context, Subnet subnet) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Uni<Void> report(TenantId tenant, long discovery, Discovery.Progress progress, List<Sighting> seen) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Uni<List<Discovery>> discoveries(TenantId tenant, OptionalLong before, int limit) {
        throw new UnsupportedOperationException();
    }
}
