package io.infraai.standalone;

import java.util.HashMap;
import java.util.Map;

import io.infraai.simulators.alertmanager.SimulatedAlertmanager;
import io.infraai.simulators.grafana.SimulatedGrafana;
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
        return new Simulated(
                cluster,
                SimulatedPrometheus.start(ANY_PORT, cluster),
                SimulatedAlertmanager.start(ANY_PORT),
                SimulatedGrafana.start(ANY_PORT));
    }

    static Platforms live() {
        return new Live();
    }

    record Simulated(
            SimulatedCluster cluster,
            SimulatedPrometheus prometheus,
            SimulatedAlertmanager alertmanager,
            SimulatedGrafana grafana)
            implements Platforms {

        @Override
        public Map<String, String> asProperties() {
            var properties = new HashMap<String, String>();
            properties.put("infraai.policies.default-mode", "auto");
            Map.of(
                            "kubernetes", cluster.url(),
                            "prometheus", prometheus.url(),
                            "alertmanager", alertmanager.url(),
                            "grafana", grafana.url())
                    .forEach((platform, url) -> {
                        properties.put("infraai." + platform + ".url", url);
                        properties.put("infraai.simulated." + platform, url);
                    });
            return properties;
        }

        @Override
        public void close() {
            grafana.close();
            alertmanager.close();
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
