package io.infraai.testkit.asset;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import io.smallrye.mutiny.Uni;

import io.infraai.contracts.asset.Asset;
import io.infraai.contracts.asset.AssetInventory;
import io.infraai.contracts.asset.Discovery;
import io.infraai.contracts.asset.Sighting;
import io.infraai.contracts.asset.Subnet;
import io.infraai.contracts.identity.TenantId;
import io.infraai.contracts.tool.ToolContext;

/**
 * An inventory in memory: keeps what it is told, unless it is away, and finds what it was given. What it is told isn't found, and
 * looks into networks are no concern of it.
 */
public final class RememberedAssets implements AssetInventory {

    private final List<Sighting> seen = new CopyOnWriteArrayList<>();
    private final List<Asset> assets = new CopyOnWriteArrayList<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private volatile boolean away;
    private volatile boolean hangs;

    /** What somebody wanted to find. */
    public record Asked(TenantId tenant, Filter filter) {}

    public void goAway() {
        away = true;
    }

    public void hang() {
        hangs = true;
    }

    /** To be found by whoever asks, in this order. */
    public void give(List<Asset> more) {
        assets.addAll(more);
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

    public List<Asked> asked() {
        return List.copyOf(asked);
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
        asked.add(new Asked(tenant, filter));
        return Uni.createFrom()
                .item(assets.stream()
                        .filter(asset -> matches(asset, filter))
                        .limit(filter.limit())
                        .toList());
    }

    private static boolean matches(Asset asset, Filter filter) {
        var text = filter.text();
        return (filter.type() == null || filter.type() == asset.type())
                && (text == null
                        || Stream.of(asset.address(), asset.hostname(), asset.attributes())
                                .map(String::valueOf)
                                .anyMatch(
                                        held -> held.toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT))));
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
