package io.infraai.adapters.network;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

import io.infraai.contracts.asset.AssetType;
import io.infraai.contracts.asset.Discovery.Progress;
import io.infraai.contracts.asset.DiscoveryState;
import io.infraai.contracts.asset.SeenBy;
import io.infraai.contracts.asset.Service;
import io.infraai.contracts.asset.Sighting;
import io.infraai.contracts.asset.Subnet;

/** One look at a subnet, as far as it is. Safe for many threads. */
final class Survey {

    /** Hosts that are told of with the answer; all are in the inventory. */
    static final int TOLD = 50;

    private final Subnet subnet;
    private final Instant end;
    private final Clock clock;
    private final Prober prober;
    private final ReverseNames names;

    private final AtomicInteger probed = new AtomicInteger();
    private final AtomicInteger found = new AtomicInteger();
    private final Queue<Sighting> unreported = new ConcurrentLinkedQueue<>();
    private final Queue<Sighting> first = new ConcurrentLinkedQueue<>();
    private volatile boolean stopped;

    /**
     * @param end when it stops, wherever it is
     */
    Survey(Subnet subnet, Instant end, Clock clock, Prober prober, ReverseNames names) {
        this.subnet = subnet;
        this.end = end;
        this.clock = clock;
        this.prober = prober;
        this.names = names;
    }

    /** Completes when every address was looked at, or it is over. */
    Uni<Void> run(Executor threads, int concurrency) {
        return Multi.createFrom()
                .range(0, total())
                .onItem()
                .transformToUni(index -> Uni.createFrom()
                        .item(() -> services(index))
                        .runSubscriptionOn(threads)
                        .chain(services -> noted(index, services)))
                .merge(concurrency)
                .onItem()
                .ignoreAsUni();
    }

    void stop() {
        stopped = true;
    }

    Subnet subnet() {
        return subnet;
    }

    int total() {
        return subnet.addresses().intValueExact();
    }

    Progress progress() {
        return new Progress(DiscoveryState.RUNNING, probed.get(), found.get());
    }

    Progress ended() {
        var state = probed.get() == total() ? DiscoveryState.DONE : DiscoveryState.STOPPED;
        return new Progress(state, probed.get(), found.get());
    }

    /** What was found and isn't known to be stored. */
    List<Sighting> unreported() {
        return List.copyOf(unreported);
    }

    void reported(List<Sighting> sightings) {
        sightings.forEach(unreported::remove);
    }

    List<Sighting> told() {
        return first.stream().limit(TOLD).toList();
    }

    private boolean isOver() {
        return stopped || !clock.instant().isBefore(end);
    }

    private List<Service> services(int index) {
        if (isOver()) {
            return List.of();
        }
        var services = new ArrayList<>(prober.services(subnet.address(index), this::isOver));
        if (!isOver()) {
            probed.incrementAndGet();
        }
        return services;
    }

    private Uni<Void> noted(int index, List<Service> services) {
        if (services.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        var address = subnet.address(index);
        return names.of(address)
                .invoke(name -> note(new Sighting(
                        SeenBy.NETWORK_DISCOVERY,
                        AssetType.HOST,
                        address.getHostAddress(),
                        name.orElse(null),
                        services,
                        Map.of())))
                .replaceWithVoid();
    }

    private void note(Sighting sighting) {
        unreported.add(sighting);
        if (found.incrementAndGet() <= TOLD) {
            first.add(sighting);
        }
    }
}
