package io.infraai.simulators.kubernetes;

import java.time.Duration;
import java.util.List;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

/** A cluster and the client that the product uses, fresh for every test. */
abstract class ClusterTest {

    static final String TASK = "0b9c2a54-6f0e-4a53-9a39-6f3d2c1a7e10";

    SimulatedCluster cluster;
    KubernetesClient client;

    @BeforeEach
    void startClusterAndClient() {
        cluster = SimulatedCluster.start(config());
        client = client(cluster.url(), "infraai/0.1 infraai-task/" + TASK + " infraai-fence/7");
        settled("shop", "web", 3);
    }

    @AfterEach
    void stopClusterAndClient() {
        client.close();
        cluster.close();
    }

    ClusterConfig config() {
        return ClusterConfig.defaults()
                .withReadyAfter(Duration.ofMillis(20))
                .withTerminationGrace(Duration.ofMillis(60));
    }

    static KubernetesClient client(String url, String userAgent) {
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(Config.empty())
                        .withMasterUrl(url)
                        .withUserAgent(userAgent)
                        .withRequestRetryBackoffLimit(0)
                        .withRequestTimeout(2_000)
                        .build())
                .build();
    }

    List<Pod> pods(String namespace, String app) {
        return client.pods().inNamespace(namespace).withLabel("app", app).list().getItems().stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .toList();
    }

    Pod anyPod(String namespace, String app) {
        return pods(namespace, app).getFirst();
    }

    /** Waits until a deployment has this many ready pods, all of its latest template. */
    final void settled(String namespace, String deployment, int replicas) {
        await().atMost(Duration.ofSeconds(5)).pollInterval(Duration.ofMillis(5)).untilAsserted(() -> {
            var status = cluster.object("deployments", namespace, deployment).orElseThrow();
            assertThat(Json.at(status, "status", "availableReplicas").asInt()).isEqualTo(replicas);
            assertThat(Json.at(status, "status", "updatedReplicas").asInt()).isEqualTo(replicas);
            assertThat(Json.at(status, "status", "replicas").asInt()).isEqualTo(replicas);
        });
    }

    static KubernetesClientException refused(Runnable call) {
        return catchThrowableOfType(KubernetesClientException.class, call::run);
    }

    /** The code and reason of a refusal. */
    static List<Object> refusal(Runnable call) {
        var refused = refused(call);
        return List.of(refused.getCode(), refused.getStatus().getReason());
    }
}
