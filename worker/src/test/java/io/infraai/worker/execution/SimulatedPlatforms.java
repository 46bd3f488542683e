package io.infraai.worker.execution;

import java.time.Duration;
import java.util.Map;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;

import io.infraai.simulators.kubernetes.ClusterConfig;
import io.infraai.simulators.kubernetes.SimulatedCluster;
import io.infraai.simulators.prometheus.SimulatedPrometheus;

/** The platforms that this module's tests act on; one for all of them, as the application is. */
public class SimulatedPlatforms implements QuarkusTestResourceLifecycleManager {

    private static final SimulatedCluster CLUSTER = SimulatedCluster.start(
            ClusterConfig.defaults().withReadyAfter(Duration.ofMillis(20)).withTerminationGrace(Duration.ofMillis(20)));
    private static final SimulatedPrometheus PROMETHEUS = SimulatedPrometheus.start(0, CLUSTER);

    public static SimulatedCluster cluster() {
        return CLUSTER;
    }

    public static SimulatedPrometheus prometheus() {
        return PROMETHEUS;
    }

    @Override
    public Map<String, String> start() {
        return Map.of(
                "infraai.kubernetes.url", CLUSTER.url(),
                "infraai.prometheus.url", PROMETHEUS.url(),
                "infraai.kubernetes.call-timeout", "2s",
                "infraai.kubernetes.breaker-delay", "2s",
                "infraai.worker.backoff", "100ms",
                "infraai.worker.held-back", "500ms",
                "infraai.worker.ring-again", "1s");
    }

    @Override
    public void stop() {
        PROMETHEUS.close();
        CLUSTER.close();
    }
}
