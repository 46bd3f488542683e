package io.infraai.simulators.kubernetes;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.dsl.RollableScalableResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

class DeploymentTest extends ClusterTest {

    @Test
    void aScaleUpAddsPodsAndIsLoggedWithBothCounts() {
        web().scale(5);
        settled("shop", "web", 5);

        assertThat(pods("shop", "web")).hasSize(5);
        assertThat(cluster.calls().effectsOf(TASK))
                .extracting(Effect::what, Effect::detail)
                .containsExactly(tuple(Effect.What.SCALED, "3→5"));
    }

    @Test
    void aScaleDownKeepsTheOldestPods() {
        var before = uids(pods("shop", "web"));
        web().scale(1);
        settled("shop", "web", 1);

        assertThat(before).containsAll(uids(pods("shop", "web")));
    }

    @Test
    void aScaleToTheSameCountHasNoEffect() {
        web().scale(3);

        assertThat(cluster.calls().effects()).isEmpty();
    }

    @Test
    void theScaleSubresourceAnswersCountAndSelector() {
        var scale = web().scale();

        assertThat(scale.getSpec().getReplicas()).isEqualTo(3);
        assertThat(scale.getStatus().getReplicas()).isEqualTo(3);
        assertThat(scale.getStatus().getSelector()).isEqualTo("app=web");
    }

    @Test
    void aRollingRestartReplacesEveryPod() {
        var before = uids(pods("shop", "web"));
        var generation = web().get().getMetadata().getGeneration();

        web().rolling().restart();
        settled("shop", "web", 3);

        assertThat(uids(pods("shop", "web"))).hasSize(3).doesNotContainAnyElementsOf(before);
        var after = web().get();
        assertThat(after.getMetadata().getGeneration()).isEqualTo(generation + 1);
        assertThat(after.getStatus().getObservedGeneration()).isEqualTo(generation + 1);
        assertThat(after.getMetadata().getAnnotations()).containsEntry("deployment.kubernetes.io/revision", "2");
        assertThat(cluster.calls().effectsOf(TASK))
                .extracting(Effect::what, Effect::detail)
                .containsExactly(tuple(Effect.What.ROLLED_OUT, Long.toString(generation + 1)));
    }

    @Test
    void aRolloutNeverHasFewerAvailablePodsThanAllowed() {
        var least = new int[] {3};
        try (var watch = client.apps()
                .deployments()
                .inNamespace("shop")
                .withName("web")
                .watch(Seen.by(deployment -> least[0] = Math.min(least[0], available(deployment))))) {
            assertThat(watch).isNotNull();
            web().rolling().restart();
            settled("shop", "web", 3);
        }
        assertThat(least[0]).isEqualTo(3);
    }

    @Test
    void aPatchOfTheTemplateAnnotationRollsOutOnce() {
        var patch = """
                {"metadata":{"resourceVersion":"%s"},"spec":{"template":{"metadata":{"annotations":{"infraai.io/task":"%s"}}}}}""";
        var read = web().get();

        web().patch(merge(), patch.formatted(read.getMetadata().getResourceVersion(), TASK));
        settled("shop", "web", 3);
        var latest = web().get().getMetadata().getResourceVersion();
        web().patch(merge(), patch.formatted(latest, TASK));

        assertThat(cluster.calls().effects()).hasSize(1);
        assertThat(pods("shop", "web"))
                .allSatisfy(
                        pod -> assertThat(pod.getMetadata().getAnnotations()).containsEntry("infraai.io/task", TASK));
    }

    @Test
    void aPatchOfAStaleVersionIsAConflict() {
        var stale = web().get().getMetadata().getResourceVersion();
        web().scale(4);

        var patch = "{\"metadata\":{\"resourceVersion\":\"%s\"},\"spec\":{\"replicas\":9}}".formatted(stale);
        var refused = refused(() -> web().patch(merge(), patch));

        assertThat(refused.getCode()).isEqualTo(409);
        assertThat(refused.getMessage())
                .contains("Operation cannot be fulfilled on deployments.apps \"web\": the object has been modified");
        assertThat(web().get().getSpec().getReplicas()).isEqualTo(4);
    }

    @Test
    void aJsonPatchChangesNothingUnlessItsTestHolds() {
        var json = PatchContext.of(PatchType.JSON);
        var patch = """
                [{"op":"test","path":"/spec/replicas","value":%d},{"op":"replace","path":"/spec/replicas","value":4}]""";

        assertThat(refusal(() -> web().patch(json, patch.formatted(2)))).containsExactly(422, "Invalid");
        assertThat(cluster.calls().effects()).isEmpty();

        web().patch(json, patch.formatted(3));
        assertThat(web().get().getSpec().getReplicas()).isEqualTo(4);
    }

    @Test
    void aStrategicPatchMergesContainersByName() {
        var patch = """
                {"spec":{"template":{"spec":{"containers":[{"name":"web","env":[{"name":"A","value":"1"}]}]}}}}""";

        web().patch(PatchContext.of(PatchType.STRATEGIC_MERGE), patch);

        var container = web().get().getSpec().getTemplate().getSpec().getContainers();
        assertThat(container).hasSize(1);
        assertThat(container.getFirst().getImage()).isEqualTo("registry.example.com/shop/web:1.14.2");
        assertThat(container.getFirst().getEnv()).hasSize(1);
    }

    @Test
    void aReturnToAnEarlierTemplateReusesItsReplicaSet() {
        web().rolling().restart();
        settled("shop", "web", 3);
        web().patch(merge(), "{\"spec\":{\"template\":{\"metadata\":{\"annotations\":null}}}}");
        settled("shop", "web", 3);

        assertThat(client.apps()
                        .replicaSets()
                        .inNamespace("shop")
                        .withLabel("app", "web")
                        .list()
                        .getItems())
                .hasSize(2);
        assertThat(web().get().getMetadata().getAnnotations()).containsEntry("deployment.kubernetes.io/revision", "3");
    }

    @Test
    void ownersLeadFromPodToReplicaSetToDeployment() {
        var pod = anyPod("shop", "web");
        var set = client.apps().replicaSets().inNamespace("shop").list().getItems().stream()
                .filter(each -> each.getMetadata()
                        .getUid()
                        .equals(pod.getMetadata()
                                .getOwnerReferences()
                                .getFirst()
                                .getUid()))
                .findFirst()
                .orElseThrow();

        assertThat(set.getMetadata().getOwnerReferences().getFirst().getUid())
                .isEqualTo(web().get().getMetadata().getUid());
        assertThat(pod.getMetadata().getName()).matches(set.getMetadata().getName() + "-[a-z0-9]{5}");
        assertThat(pod.getMetadata().getLabels()).containsKey("pod-template-hash");
    }

    @Test
    void aCreatedDeploymentRunsAndADeletedOneTakesItsPodsAlong() {
        client.resource(deployment("fresh", 2)).create();
        settled("shop", "fresh", 2);

        client.apps().deployments().inNamespace("shop").withName("fresh").delete();

        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(client.pods()
                                .inNamespace("shop")
                                .withLabel("app", "fresh")
                                .list()
                                .getItems())
                        .isEmpty());
    }

    @Test
    void aDryRunIsValidatedAnsweredAndForgotten() {
        var before = cluster.objects("deployments", "shop");

        var answered = client.resource(deployment("fresh", 2)).dryRun().create();
        assertThat(answered.getMetadata().getUid()).isNotEmpty();
        assertThat(web().dryRun()
                        .patch(merge(), "{\"spec\":{\"replicas\":7}}")
                        .getSpec()
                        .getReplicas())
                .isEqualTo(7);
        assertThat(refusal(() -> web().dryRun().patch(merge(), "{\"spec\":{\"replicas\":-7}}")))
                .containsExactly(422, "Invalid");

        assertThat(cluster.objects("deployments", "shop")).isEqualTo(before);
        assertThat(cluster.calls().effects()).isEmpty();
    }

    private RollableScalableResource<Deployment> web() {
        return client.apps().deployments().inNamespace("shop").withName("web");
    }

    private static PatchContext merge() {
        return PatchContext.of(PatchType.JSON_MERGE);
    }

    private static int available(Deployment deployment) {
        var available = deployment.getStatus().getAvailableReplicas();
        return available == null ? 0 : available;
    }

    private static List<String> uids(List<Pod> pods) {
        return pods.stream().map(pod -> pod.getMetadata().getUid()).toList();
    }

    private static Deployment deployment(String name, int replicas) {
        return new DeploymentBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("shop")
                .endMetadata()
                .withNewSpec()
                .withReplicas(replicas)
                .withNewSelector()
                .withMatchLabels(Map.of("app", name))
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(Map.of("app", name))
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName(name)
                .withImage("registry.example.com/fresh:1")
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }
}
