package io.infraai.adapters.network;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.infraai.contracts.asset.Subnet;

/** Where tests may look: at loopback alone. */
record Bounds(Optional<Set<Subnet>> allowedSubnets, List<Integer> ports, int concurrency, Duration deadline)
        implements NetworkConfig {

    static Bounds of(Integer... ports) {
        return new Bounds(
                Optional.of(Set.of(Subnet.of("127.0.0.0/24"))), Arrays.asList(ports), 16, Duration.ofSeconds(60));
    }

    Bounds allowing(Set<Subnet> subnets) {
        return new Bounds(subnets.isEmpty() ? Optional.empty() : Optional.of(subnets), ports, concurrency, deadline);
    }

    Bounds within(Duration time) {
        return new Bounds(allowedSubnets, ports, concurrency, time);
    }

    Bounds atOnce(int addresses) {
        return new Bounds(allowedSubnets, ports, addresses, deadline);
    }

    @Override
    public int probesPerSecond() {
        return 5_000;
    }

    @Override
    public Duration connectTimeout() {
        return Duration.ofMillis(500);
    }

    @Override
    public Duration answerTimeout() {
        return Duration.ofMillis(400);
    }

    @Override
    public boolean reverseDns() {
        return false;
    }

    @Override
    public Duration dnsTimeout() {
        return Duration.ofSeconds(1);
    }
}
