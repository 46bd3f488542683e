package io.infraai.simulators.kubernetes;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;

/**
 * What a {@link SimulatedCluster} is started with.
 *
 * @param port the loopback port, 0 for a free one
 * @param seed decides UIDs and name suffixes, so that a run can be repeated
 * @param readyAfter how long a new pod needs until it is ready; zero makes it ready within the call that made it
 * @param terminationGrace the longest a deleted pod lingers, whatever longer grace was asked for
 * @param callLogSize how many calls the log keeps, oldest dropped first
 * @param seeded whether the cluster starts with the example workloads or with empty namespaces
 * @param bearer what callers must present after {@code Authorization: Bearer}; empty lets everybody in
 * @param denied what the caller may not do
 * @param clock the time of everything that is recorded
 */
public record ClusterConfig(
        int port,
        long seed,
        Duration readyAfter,
        Duration terminationGrace,
        int callLogSize,
        boolean seeded,
        Optional<String> bearer,
        Set<Denial> denied,
        InstantSource clock) {

    public ClusterConfig {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("A port is between 0 and 65535, unlike " + port);
        }
        if (readyAfter.isNegative() || terminationGrace.isNegative()) {
            throw new IllegalArgumentException(
                    "Neither " + readyAfter + " nor " + terminationGrace + " may be negative");
        }
        if (callLogSize < 1) {
            throw new IllegalArgumentException("A call log keeps at least one call, not " + callLogSize);
        }
        denied = Set.copyOf(denied);
    }

    /** A free port, the example workloads, pods that take 100 ms to start and 100 ms to stop, kube-system read-only. */
    public static ClusterConfig defaults() {
        return new ClusterConfig(
                0,
                42,
                Duration.ofMillis(100),
                Duration.ofMillis(100),
                200_000,
                true,
                Optional.empty(),
                Denial.writesIn("kube-system"),
                InstantSource.system());
    }

    public ClusterConfig withPort(int newPort) {
        return new ClusterConfig(
                newPort, seed, readyAfter, terminationGrace, callLogSize, seeded, bearer, denied, clock);
    }

    public ClusterConfig withSeed(long newSeed) {
        return new ClusterConfig(
                port, newSeed, readyAfter, terminationGrace, callLogSize, seeded, bearer, denied, clock);
    }

    public ClusterConfig withReadyAfter(Duration time) {
        return new ClusterConfig(port, seed, time, terminationGrace, callLogSize, seeded, bearer, denied, clock);
    }

    public ClusterConfig withTerminationGrace(Duration time) {
        return new ClusterConfig(port, seed, readyAfter, time, callLogSize, seeded, bearer, denied, clock);
    }

    public ClusterConfig withCallLogSize(int calls) {
        return new ClusterConfig(port, seed, readyAfter, terminationGrace, calls, seeded, bearer, denied, clock);
    }

    /** Without the example workloads; the namespaces and nodes are there. */
    public ClusterConfig withoutWorkloads() {
        return new ClusterConfig(port, seed, readyAfter, terminationGrace, callLogSize, false, bearer, denied, clock);
    }

    public ClusterConfig withBearer(String expected) {
        return new ClusterConfig(
                port, seed, readyAfter, terminationGrace, callLogSize, seeded, Optional.of(expected), denied, clock);
    }

    public ClusterConfig withDenied(Set<Denial> newDenied) {
        return new ClusterConfig(
                port, seed, readyAfter, terminationGrace, callLogSize, seeded, bearer, newDenied, clock);
    }
}
