package io.infraai.adapters.network;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

import io.smallrye.mutiny.Uni;

import io.infraai.contracts.asset.Asset;
import io.infraai.contracts.asset.AssetInventory;
import io.infraai.contracts.asset.Discovery;
import io.infraai.contracts.asset.Sighting;
import io.infraai.contracts.asset.Subnet;
import io.infraai.contracts.identity.TenantId;
import io.infraai.contracts.tool.ToolContext;

/** Keeps reports in memory, in order. */
final class Inventory implements AssetInventory {

    private final List<Report> reports = new ArrayList<>();
    private int begun;
    private int refusing;

    record Report(TenantId tenant, long discovery, Discovery.Progress progress, List<Sighting> seen) {}

    /** Refuses the next reports, as a database that is away does. */
    synchronized void refuse(int reportsToRefuse) {
        refusing = reportsToRefuse;
    }

    synchronized List<Report> reports() {
        return List.copyOf(reports);
    }

    synchronized int begun() {
        return begun;
    }

    @Override
    public Uni<Long> begin(ToolContext context, Subnet subnet) {
        return Uni.createFrom().item(this::next);
    }

    private synchronized long next() {
        return ++begun;
    }

    @Override
    public Uni<Void> report(TenantId tenant, long discovery, Discovery.Progress progress, List<Sighting> seen) {
        return Uni.createFrom().item(() -> add(new Report(tenant, discovery, progress, seen)));
    }

    private synchronized Void add(Report report) {
        if (refusing > 0) {
            refusing--;
            throw new IllegalStateException("The database is away");
        }
        reports.add(report);
        return null;
    }

    @Override
    public Uni<Void> record(TenantId tenant, List<Sighting> seen) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Uni<List<Asset>> find(TenantId tenant, Filter filter) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Uni<List<Discovery>> discoveries(TenantId tenant, OptionalLong before, int limit) {
        throw new UnsupportedOperationException();
    }
}
