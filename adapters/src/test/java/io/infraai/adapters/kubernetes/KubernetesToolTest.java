package io.infraai.adapters.kubernetes;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

import io.fabric8.kubernetes.client.KubernetesClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import io.infraai.simulators.kubernetes.ClusterConfig;
import io.infraai.simulators.kubernetes.FaultKind;
import io.infraai.simulators.kubernetes.FaultRule;
import io.infraai.simulators.kubernetes.SimulatedCluster;

/** A fresh simulated cluster and the client as production makes it. */
abstract class KubernetesToolTest {

    SimulatedCluster cluster;
    KubernetesClient client;
    KubernetesCalls calls;

    @BeforeEach
    void startCluster() {
        cluster = SimulatedCluster.start(ClusterConfig.defaults()
                .withReadyAfter(Duration.ofMillis(20))
                .withTerminationGrace(Duration.ofMillis(20)));
        client = new KubernetesClients().client(bounds());
        calls = new KubernetesCalls(bounds());
    }

    @AfterEach
    void stopCluster() {
        client.close();
        cluster.close();
    }

    int effects() {
        return cluster.calls().effects().size();
    }

    void fault(String verb, String path, FaultKind kind) {
        cluster.faults().inject(FaultRule.once(verb, path, kind));
    }

    private KubernetesConfig bounds() {
        var url = URI.create(cluster.url());
        return new KubernetesConfig() {
            @Override
            public Optional<URI> url() {
                return Optional.of(url);
            }

            @Override
            public Duration connectTimeout() {
                return Duration.ofSeconds(2);
            }

            @Override
            public Duration callTimeout() {
                return Duration.ofSeconds(2);
            }

            @Override
            public int concurrency() {
                return 10;
            }

            @Override
            public int waiting() {
                return 100;
            }

            @Override
            public int breakerFailures() {
                return 5;
            }

            @Override
            public Duration breakerDelay() {
                return Duration.ofSeconds(30);
            }
        };
    }
}
