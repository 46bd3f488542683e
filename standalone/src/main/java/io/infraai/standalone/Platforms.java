package io.infraai.standalone;

import java.util.Map;

import io.infraai.simulators.kubernetes.SimulatedCluster;
import io.infraai.simulators.prometheus.SimulatedPrometheus;

/** What InfraAI acts on: simulators on loopback, or whatever the configuration names. */
sealed interface Platforms extends AutoCloseable {

    int ANY_PORT = 0;

    Map<String, String> asProperties();

    @Override
    void close();

    static Platforms simulated() {
        var cluster = SimulatedCluster.start();
        return new Simulated(cluster, SimulatedPrometheus.start(ANY_PORT, cluster));
    }

    static Platforms live() {
        return new Live();
    }

    record Simulated(SimulatedCluster cluster, SimulatedPrometheus prometheus) implements Platforms {

        @Override
        public Map<String, String> asProperties() {
            return Map.of(
                    "infraai.kubernetes.url",
                    cluster.url(),
                    "infraai.prometheus.url",
                    prometheus.url(),
                    "infraai.policies.default-mode",
                    "auto",
                    "infraai.simulated.kubernetes",
                    cluster.url(),
                    "infraai.simulated.prometheus",
                    prometheus.url());
        }

        @Override
        public void close() {
            prometheus.close();
            cluster.close();
        }
    }

    record Live() implements Platforms {

        @Override
        public Map<String, String> asProperties() {
            return Map.of();
        }

        @Override
        public void close() {
            // nothing of ours was started
        }
    }
}
