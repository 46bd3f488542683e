package io.infraai.simulators.kubernetes;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class MoreKindsTest extends ClusterTest {

    @Test
    void aStatefulSetStartsItsPodsInOrderAndRenewsThemFromTheLast() {
        cluster.create("statefulsets", "shop", workload("db", 2));
        settledPods("db", 2);
        assertThat(pods("shop", "db"))
                .extracting(pod -> pod.getMetadata().getName())
                .containsExactly("db-0", "db-1");
        var before = uids("db");

        client.apps()
                .statefulSets()
                .inNamespace("shop")
                .withName("db")
                .patch(PatchContext.of(PatchType.JSON_MERGE), RESTART);

        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(uids("db")).hasSize(2).doesNotContainAnyElementsOf(before));
        settledPods("db", 2);
        assertThat(cluster.calls().effects())
                .singleElement()
                .satisfies(call -> assertThat(call.effects().getFirst().what()).isEqualTo(Effect.What.ROLLED_OUT));
    }

    @Test
    void aStatefulSetIsScaledThroughItsSubresource() {
        cluster.create("statefulsets", "shop", workload("db", 1));
        settledPods("db", 1);

        client.apps().statefulSets().inNamespace("shop").withName("db").scale(3);

        settledPods("db", 3);
    }

    @Test
    void aDaemonSetHasAPodOnEveryNodeEvenACordonedOne() {
        cluster.patch("nodes", "", "node-2", object("{\"spec\":{\"unschedulable\":true}}"));

        cluster.create("daemonsets", "shop", workload("agent", 1));

        settledPods("agent", 3);
        assertThat(pods("shop", "agent"))
                .extracting(pod -> pod.getSpec().getNodeName())
                .containsExactlyInAnyOrder("node-1", "node-2", "node-3");
    }

    @Test
    void noPodIsPutOnACordonedNodeUntilItIsUncordoned() {
        for (var node : List.of("node-1", "node-2", "node-3")) {
            cluster.patch("nodes", "", node, object("{\"spec\":{\"unschedulable\":true}}"));
        }
        cluster.addPod("shop", "homeless");
        assertThat(pods("shop", "homeless"))
                .extracting(pod -> pod.getSpec().getNodeName())
                .containsOnlyNulls();

        cluster.patch("nodes", "", "node-3", object("{\"spec\":{\"unschedulable\":null}}"));

        assertThat(pods("shop", "homeless"))
                .extracting(pod -> pod.getSpec().getNodeName())
                .containsExactly("node-3");
    }

    @Test
    void aSecretKeepsTextsEncodedAndRefusesWhatIsNot() {
        client.secrets()
                .inNamespace("shop")
                .resource(secret().withStringData(Map.of("password", "hunter2")).build())
                .create();

        var kept = cluster.object("secrets", "shop", "login").orElseThrow();
        assertThat(kept.has("stringData")).isFalse();
        assertThat(Base64.getDecoder().decode(Json.text(kept, "data", "password")))
                .isEqualTo("hunter2".getBytes(StandardCharsets.UTF_8));
        assertThat(refused(() -> client.secrets()
                                .inNamespace("shop")
                                .resource(secret().withData(Map.of("password", "?hunter2?"))
                                        .build())
                                .create())
                        .getMessage())
                .contains("?hunter2?");
    }

    @Test
    void aCustomResourceIsDiscoveredAndPatchedLikeAnyOther() {
        cluster.create("scaledobjects", "shop", object("""
                {"metadata":{"name":"cart"},"spec":{"maxReplicaCount":5}}"""));

        assertThat(client.getApiResources("keda.sh/v1alpha1").getResources())
                .anySatisfy(resource -> assertThat(resource.getKind()).isEqualTo("ScaledObject"));
        client.genericKubernetesResources("keda.sh/v1alpha1", "ScaledObject")
                .inNamespace("shop")
                .withName("cart")
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"maxReplicaCount\":9}}");

        var patched = cluster.object("scaledobjects", "shop", "cart").orElseThrow();
        assertThat(Json.at(patched, "spec", "maxReplicaCount").asInt()).isEqualTo(9);
        assertThat(Json.at(patched, "metadata", "generation").asInt()).isEqualTo(2);
    }

    @Test
    void usagesAreServedUntilThereIsNoMetricsServer() {
        assertThat(client.top().nodes().metrics().getItems()).hasSize(3);
        assertThat(client.top().pods().metrics("shop").getItems())
                .isNotEmpty()
                .allSatisfy(pod ->
                        assertThat(pod.getContainers().getFirst().getUsage()).containsKeys("cpu", "memory"));

        cluster.serveMetrics(false);

        assertThat(refused(() -> client.top().nodes().metrics()).getCode()).isEqualTo(404);
    }

    @Test
    void whatAPodIsToldToWriteIsInItsLogAsFarAsItIsAskedFor() {
        var pod = anyPod("shop", "cart").getMetadata().getName();
        cluster.writeLog("shop", pod, List.of("one", "two", "three"));
        var log = client.pods().inNamespace("shop").withName(pod);

        assertThat(log.tailingLines(2).getLog()).isEqualTo("two\nthree\n");
        assertThat(log.limitBytes(4).getLog()).isEqualTo("INFO");
        assertThat(log.sinceSeconds(600).getLog()).endsWith("one\ntwo\nthree\n");
    }

    @Test
    void aFaultCanTellADryRunFromTheRealThing() {
        cluster.faults().inject(FaultRule.once("patch", "/deployments/cart\\?((?!dryRun).)*$", FaultKind.ERROR_BEFORE));
        var cart = client.apps().deployments().inNamespace("shop").withName("cart");
        var tried = new PatchContext.Builder()
                .withPatchType(PatchType.JSON_MERGE)
                .withFieldManager("test")
                .withDryRun(List.of("All"))
                .build();
        var meant = new PatchContext.Builder()
                .withPatchType(PatchType.JSON_MERGE)
                .withFieldManager("test")
                .build();

        cart.patch(tried, RESTART);

        assertThat(refused(() -> cart.patch(meant, RESTART)).getCode()).isEqualTo(500);
    }

    private static final String RESTART =
            "{\"spec\":{\"template\":{\"metadata\":{\"annotations\":{\"restarted\":\"now\"}}}}}";

    private void settledPods(String app, int count) {
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(pods("shop", app))
                        .hasSize(count)
                        .allMatch(pod -> pod.getStatus().getPhase().equals("Running")));
    }

    private List<String> uids(String app) {
        return pods("shop", app).stream()
                .map(Pod::getMetadata)
                .map(it -> it.getUid())
                .toList();
    }

    private static SecretBuilder secret() {
        return new SecretBuilder().withNewMetadata().withName("login").endMetadata();
    }

    private static ObjectNode workload(String name, int replicas) {
        return object("""
                {"metadata":{"name":"%1$s"},
                 "spec":{"replicas":%2$d,"selector":{"matchLabels":{"app":"%1$s"}},
                   "template":{"metadata":{"labels":{"app":"%1$s"}},
                     "spec":{"containers":[{"name":"%1$s","image":"registry.example.com/%1$s:1"}]}}}}""".formatted(name, replicas));
    }

    private static ObjectNode object(String json) {
        try {
            return new ObjectMapper().readValue(json, ObjectNode.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
