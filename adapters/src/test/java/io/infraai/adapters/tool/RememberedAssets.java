package io.infraai.adapters.tool;

import java.util.ArrayList;
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

/** Keeps what is noted in memory, unless it is away. */
public final class RememberedAssets implements AssetInventory {

    private final List<Sighting> seen = new CopyOnWriteArrayList<>();
    private volatile boolean away;
    private volatile boolean hangs;

    public void goAway() {
        away = true;
    }

    public void hang() {
        hangs = true;
    }

    public List<Sighting> seen() {
        return new ArrayList<>(seen);
    }

    public Sighting named(String hostname) {
        return seen.stream()
                .filter(sighting -> hostname.equals(sighting.hostname()))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public Uni<Void> record(TenantId tenant, List<Sighting> sightings) {
        if (away) {
            throw new IllegalStateException("The database is away");
        }
        if (hangs) {
            return Uni.createFrom().nothing();
        }
        seen.addAll(sightings);
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
    public Uni<Void> report(TenantId tenant, long discovery, Discovery.Progress progress, List<Sighting> sightings) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Uni<List<Discovery>> discoveries(TenantId tenant, OptionalLong before, int limit) {
        throw new UnsupportedOperationException();
    }
}
