package io.infraai.adapters.kubernetes;

import java.util.List;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.infraai.adapters.tool.NotedAssets;
import io.infraai.contracts.tool.FailureReason;
import io.infraai.contracts.tool.Settlement;
import io.infraai.contracts.tool.Tool.Identified;
import io.infraai.contracts.tool.ToolResult.Done;
import io.infraai.testkit.asset.RememberedAssets;

import static io.infraai.adapters.kubernetes.KubernetesToolTest.answer;
import static io.infraai.adapters.kubernetes.KubernetesToolTest.context;
import static io.infraai.adapters.kubernetes.KubernetesToolTest.done;
import static io.infraai.adapters.kubernetes.KubernetesToolTest.failed;
import static org.assertj.core.api.Assertions.assertThat;

/** Nodes: looked at, cordoned, drained. */
class RealNodesLabTest extends RealClusterTest {

    @AfterEach
    void takePodsAgain() {
        List.of("node-a", "node-b").forEach(node -> cordoned(node, false));
    }

    @Test
    void nodesAreToldWithTheirStateAndRoom() {
        var told = done(new NodeStatus(clusters, new NotedAssets(new RememberedAssets()))
                .read(new NodeStatus.Parameters(null, null), context()));

        assertThat(told.summary()).isEqualTo("2 of 2 nodes ready, 0 cordoned");
        assertThat(told.detail().at("/nodes/0/allocatable/cpu").asText()).isEqualTo("8");
    }

    @Test
    void aCordonedNodeTakesNoPodsUntilItIsUncordoned() {
        var cordon = new CordonNode(clusters);
        var node = new CordonNode.Parameters("node-a", null);
        var open = answer(cordon.identify(node, context())).found().orElseThrow();

        assertThat(answer(cordon.apply(node, open, context()))).isInstanceOf(Done.class);
        assertThat(answer(cordon.apply(node, open, context()))).isInstanceOf(Done.class);
        lab.deployment("web", 4);
        assertThat(lab.pods("web")).allSatisfy(pod -> assertThat(node(pod)).isEqualTo("node-b"));

        var uncordon = new UncordonNode(clusters);
        var again = new UncordonNode.Parameters("node-a", null);
        var closed = answer(uncordon.identify(again, context())).found().orElseThrow();
        assertThat(answer(uncordon.apply(again, closed, context()))).isInstanceOf(Done.class);
        assertThat(admin.get("/api/v1/nodes/node-a").at("/spec").has("unschedulable"))
                .isFalse();
    }

    @Test
    void aDrainWaitsForTheBudgetAndThenMovesEveryPod() {
        cordoned("node-b", true);
        lab.deployment("web", 2);
        cordoned("node-b", false);
        lab.budget("web", 2);
        var drain = new DrainNode(clusters);
        var node = new DrainNode.Parameters("node-a", null, null);
        var target = answer(drain.identify(node, context())).found().orElseThrow();

        var refused = failed(drain.apply(node, target, context()));

        assertThat(refused.reason()).isEqualTo(FailureReason.REFUSED_FOR_NOW);
        assertThat(refused.message()).startsWith("2 of 2 pods stay");
        assertThat(lab.pods("web"))
                .extracting(RealClusterTest::uid)
                .containsExactlyInAnyOrderElementsOf(
                        target.pods().stream().map(DrainNode.PodToMove::uid).toList());
        assertThat(answer(drain.settle(node, target, context()))).isInstanceOf(Settlement.NeverHappened.class);

        lab.liftBudget("web");
        soon().until(() -> answer(drain.apply(node, target, context())) instanceof Done);
        soon().until(() -> lab.ready("deployments/web") == 2);

        assertThat(lab.pods("web"))
                .hasSize(2)
                .allSatisfy(pod -> assertThat(node(pod)).isEqualTo("node-b"));
        assertThat(answer(drain.settle(node, target, context()))).isInstanceOf(Settlement.Happened.class);
    }

    @Test
    void aBudgetThatSparesOnePodAtATimeIsMetByTryingAgain() {
        cordoned("node-b", true);
        lab.deployment("web", 3);
        cordoned("node-b", false);
        lab.budget("web", 2);
        var drain = new DrainNode(clusters);
        var node = new DrainNode.Parameters("node-a", null, null);
        var target = answer(drain.identify(node, context())).found().orElseThrow();
        soon().until(() -> lab.budget("web").at("/status/disruptionsAllowed").asInt() == 1);

        soon().until(() -> {
            assertThat(lab.ready("deployments/web")).isGreaterThanOrEqualTo(2);
            return answer(drain.apply(node, target, context())) instanceof Done;
        });

        assertThat(target.pods()).hasSize(3);
    }

    @Test
    void aPodOfADaemonSetStaysAndABarePodKeepsTheNodeFromBeingDrained() {
        lab.daemonSet("agent");
        var drain = new DrainNode(clusters);
        var node = new DrainNode.Parameters("node-a", null, null);

        assertThat(answer(drain.identify(node, context())).found().orElseThrow().pods())
                .isEmpty();
        lab.barePod("bare", "node-a");

        assertThat(answer(drain.identify(node, context()))).isInstanceOfSatisfying(Identified.NotFound.class, it -> {
            assertThat(it.failure().reason()).isEqualTo(FailureReason.INVALID_PARAMETERS);
            assertThat(it.failure().message()).contains("/bare has no controller");
        });
    }

    private void cordoned(String node, boolean cordoned) {
        admin.merge("/api/v1/nodes/" + node, "{\"spec\":{\"unschedulable\":%s}}".formatted(cordoned));
        // the scheduler hears of it a moment later
        soon().until(() -> !StreamSupport.stream(
                                admin.get("/api/v1/nodes/" + node)
                                        .at("/spec/taints")
                                        .spliterator(),
                                false)
                        .filter(taint -> taint.path("key").asText().equals("node.kubernetes.io/unschedulable"))
                        .toList()
                        .isEmpty()
                == cordoned);
    }

    private static String node(JsonNode pod) {
        return pod.at("/spec/nodeName").asText();
    }
}
