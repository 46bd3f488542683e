package io.infraai.adapters.kubernetes;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import io.infraai.contracts.identity.TenantId;
import io.infraai.contracts.tool.FailureReason;
import io.infraai.contracts.tool.ToolContext;
import io.infraai.contracts.tool.ToolResult;
import io.infraai.contracts.tool.ToolResult.Done;
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
        // disruption budgets and rollouts count ready pods only
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(this::everyPodIsReady);
        clusters = new Clusters(bounds(Map.of()));
    }

    @AfterEach
    void stopCluster() {
        clusters.close();
        cluster.close();
    }

    private boolean everyPodIsReady() {
        return Stream.of("shop", "payments", "monitoring", "kube-system")
                .flatMap(namespace -> cluster.objects("pods", namespace).stream())
                .allMatch(pod -> pod.at("/status/containerStatuses/0/ready").asBoolean());
    }

    /** Waits until a deployment's latest template is all there is. */
    void settled(String namespace, String deployment) {
        Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> {
            var object = new ApiObject(
                    cluster.object("deployments", namespace, deployment).orElseThrow());
            return RolloutState.of(object).complete();
        });
    }

    static ObjectNode json(String text) {
        try {
            return new ObjectMapper().readValue(text, ObjectNode.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** What a StatefulSet or DaemonSet is made from. */
    static ObjectNode workload(String name, int replicas) {
        return json("""
                {"metadata":{"name":"%1$s"},
                 "spec":{"replicas":%2$d,"selector":{"matchLabels":{"app":"%1$s"}},
                   "template":{"metadata":{"labels":{"app":"%1$s"}},
                     "spec":{"containers":[{"name":"%1$s","image":"registry.example.com/%1$s:1"}]}}}}""".formatted(name, replicas));
    }

    /** Reads a tool's answer where it has to be a good one. */
    static Done done(Uni<ToolResult> call) {
        return (Done) answer(call);
    }

    static Failed failed(Uni<ToolResult> call) {
        return (Failed) answer(call);
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
