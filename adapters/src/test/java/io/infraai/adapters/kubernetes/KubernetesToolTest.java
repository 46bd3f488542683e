package io.infraai.adapters.kubernetes;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

import io.smallrye.mutiny.Uni;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import io.infraai.contracts.identity.TenantId;
import io.infraai.contracts.tool.FailureReason;
import io.infraai.contracts.tool.ToolContext;
import io.infraai.contracts.tool.ToolResult;
import io.infraai.contracts.tool.ToolResult.Failed;
import io.infraai.simulators.kubernetes.ClusterConfig;
import io.infraai.simulators.kubernetes.FaultKind;
import io.infraai.simulators.kubernetes.FaultRule;
import io.infraai.simulators.kubernetes.SimulatedCluster;

/** A fresh simulated cluster and the client as production makes it. */
abstract class KubernetesToolTest {

    SimulatedCluster cluster;
    Clusters clusters;

    @BeforeEach
    void startCluster() {
        cluster = SimulatedCluster.start(ClusterConfig.defaults()
                .withReadyAfter(Duration.ofMillis(20))
                .withTerminationGrace(Duration.ofMillis(20)));
        clusters = new Clusters(bounds(Map.of()));
    }

    @AfterEach
    void stopCluster() {
        clusters.close();
        cluster.close();
    }

    int effects() {
        return cluster.calls().effects().size();
    }

    void fault(String verb, String path, FaultKind kind) {
        cluster.faults().inject(FaultRule.once(verb, path, kind));
    }

    static ToolContext context() {
        return new ToolContext(TenantId.DEFAULT, "test", "11111111-2222-3333-4444-555555555555", Instant.EPOCH);
    }

    static <R> R answer(Uni<R> call) {
        return call.await().atMost(Duration.ofSeconds(10));
    }

    static FailureReason reason(ToolResult result) {
        return ((Failed) result).reason();
    }

    KubernetesConfig bounds(Map<String, ClusterAccess> others) {
        var url = URI.create(cluster.url());
        return new KubernetesConfig() {
            @Override
            public Optional<URI> url() {
                return Optional.of(url);
            }

            @Override
            public Map<String, ClusterAccess> clusters() {
                return others;
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
