package io.infraai.adapters.kubernetes;

import java.time.Duration;
import java.util.List;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.infraai.adapters.kubernetes.DrainNode.Parameters;
import io.infraai.contracts.tool.FailureReason;
import io.infraai.contracts.tool.Tool;
import io.infraai.contracts.tool.Tool.Identified;
import io.infraai.contracts.tool.ToolResult.Done;
import io.infraai.simulators.kubernetes.Effect;
import io.infraai.simulators.kubernetes.FaultKind;
import io.infraai.testkit.tool.GuardedToolContract;

import static org.assertj.core.api.Assertions.assertThat;

class DrainNodeTest extends KubernetesToolTest implements GuardedToolContract<Parameters, DrainNode.DrainIdentity> {

    private DrainNode tool;
    private String node;

    @BeforeEach
    void makeTool() {
        tool = new DrainNode(clusters);
        for (var deployment : List.of("web", "cart", "checkout")) {
            cluster.delete("deployments", "shop", deployment);
        }
        for (var namespace : List.of("payments", "monitoring", "kube-system")) {
            cluster.objects("deployments", namespace)
                    .forEach(it -> cluster.delete("deployments", namespace, new ApiObject(it).name()));
        }
        cluster.delete("pods", "shop", "migrate-once");
        Awaitility.await()
                .atMost(Duration.ofSeconds(5))
                .until(() -> cluster.objects("pods", "").isEmpty());
        cluster.addDeployment("shop", "only", 1);
        settled("shop", "only");
        node = new ApiObject(cluster.objects("pods", "shop").getFirst()).text("/spec/nodeName");
    }

    @Override
    public Tool.Guarded<Parameters, DrainNode.DrainIdentity> tool() {
        return tool;
    }

    @Override
    public Parameters parameters() {
        return new Parameters(node, null, null);
    }

    @Override
    public Parameters parametersOfNothing() {
        return new Parameters("node-9", null, null);
    }

    @Override
    public int changes() {
        return (int) cluster.calls().effects().stream()
                .flatMap(call -> call.effects().stream())
                .filter(effect -> effect.what() == Effect.What.POD_DELETED)
                .count();
    }

    @Override
    public void someoneElseChangesTheTarget() {
        cluster.delete("pods", "shop", cluster.podsOf("shop", "only").getFirst());
    }

    @Override
    public void loseTheNextAnswer() {
        fault("create", "/eviction", FaultKind.LOST_REPLY);
    }

    @Override
    public void failTheNextChange() {
        fault("create", "/eviction", FaultKind.ERROR_BEFORE);
    }

    @Test
    void theNodeIsCordonedFirstAndThePodsOfDaemonSetsStay() {
        cluster.create("daemonsets", "shop", workload("agent", 1));
        var target = identify().found().orElseThrow();

        var result = answer(tool.apply(parameters(), target, context()));

        assertThat(target.pods())
                .singleElement()
                .satisfies(pod -> assertThat(pod.name()).startsWith("only-"));
        assertThat(result).isInstanceOf(Done.class);
        assertThat(cluster.calls().effects().getFirst().path()).endsWith("/nodes/" + node);
        assertThat(cluster.calls().effects().getLast().preconditionUid())
                .isEqualTo(target.pods().getFirst().uid());
    }

    @Test
    void aBudgetKeepsAPodAndNothingElseIsTriedOnIt() {
        cluster.create("poddisruptionbudgets", "shop", json("""
                {"metadata":{"name":"only"},
                 "spec":{"minAvailable":1,"selector":{"matchLabels":{"app":"only"}}}}"""));
        var target = identify().found().orElseThrow();

        var result = failed(tool.apply(parameters(), target, context()));

        assertThat(result.reason()).isEqualTo(FailureReason.REFUSED_FOR_NOW);
        assertThat(result.message()).contains("1 of 1 pods stay", "shop/only-");
        assertThat(changes()).isZero();
        assertThat(cluster.calls().all()).noneMatch(call -> call.verb().equals("delete"));
    }

    @Test
    void aPodThatNothingWouldStartElsewhereKeepsTheNodeFromBeingDrained() {
        for (int i = 0; i < 3; i++) {
            cluster.addPod("shop", "bare-" + i);
        }

        var looked = identify();

        assertThat(looked).isInstanceOfSatisfying(Identified.NotFound.class, it -> {
            assertThat(it.failure().reason().retryable()).isFalse();
            assertThat(it.failure().message()).contains("shop/bare-", "has no controller");
        });
        assertThat(changes()).isZero();
    }

    @Test
    void scratchDataIsLostOnlyWhenThatIsSaid() {
        cluster.patch("deployments", "shop", "only", json("""
                {"spec":{"template":{"spec":{"volumes":[{"name":"scratch","emptyDir":{}}]}}}}"""));
        settled("shop", "only");
        Awaitility.await()
                .atMost(Duration.ofSeconds(5))
                .until(() -> cluster.objects("pods", "shop").size() == 1);
        node = new ApiObject(cluster.objects("pods", "shop").getFirst()).text("/spec/nodeName");

        assertThat(identify()).isInstanceOf(Identified.NotFound.class);
        assertThat(answer(tool.identify(new Parameters(node, true, null), context())))
                .isInstanceOf(Identified.Found.class);
    }

    @Test
    void theInverseIsToUncordonUnlessItWasCordonedBefore() {
        var open = identify().found().orElseThrow();
        cluster.patch("nodes", "", node, json("{\"spec\":{\"unschedulable\":true}}"));
        var cordoned = identify().found().orElseThrow();

        assertThat(tool.inverse(parameters(), open))
                .hasValueSatisfying(undo -> assertThat(undo.tool()).isEqualTo("uncordon"));
        assertThat(tool.inverse(parameters(), cordoned)).isEmpty();
    }

    private Identified<DrainNode.DrainIdentity> identify() {
        return answer(tool.identify(parameters(), context()));
    }
}
