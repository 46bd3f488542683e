package io.infraai.adapters.kubernetes;

import org.junit.jupiter.api.Test;

import io.infraai.adapters.kubernetes.NodeStatus.Parameters;
import io.infraai.adapters.tool.NotedAssets;
import io.infraai.contracts.asset.AssetType;
import io.infraai.contracts.asset.SeenBy;
import io.infraai.contracts.asset.Sighting;
import io.infraai.contracts.tool.FailureReason;
import io.infraai.testkit.asset.RememberedAssets;

import static org.assertj.core.api.Assertions.assertThat;

class NodeStatusTest extends KubernetesToolTest {

    private final RememberedAssets assets = new RememberedAssets();

    @Test
    void aCordonedNodeIsToldFromTheOthers() {
        cluster.patch("nodes", "", "node-2", json("{\"spec\":{\"unschedulable\":true}}"));

        var status = done(tool().read(new Parameters(null, null), context()));

        assertThat(status.summary()).isEqualTo("3 of 3 nodes ready, 1 cordoned");
        assertThat(status.detail().path("nodes"))
                .filteredOn(node -> node.path("cordoned").asBoolean())
                .extracting(node -> node.path("name").asText())
                .containsExactly("node-2");
    }

    @Test
    void oneNodeIsShownWithItsCapacityAndAMissingOneIsNotFound() {
        var status = done(tool().read(new Parameters("node-1", null), context()));

        assertThat(status.detail().at("/nodes/0/capacity/cpu").asText()).isEqualTo("4");
        assertThat(failed(tool().read(new Parameters("node-9", null), context()))
                        .reason())
                .isEqualTo(FailureReason.TARGET_NOT_FOUND);
    }

    @Test
    void everyNodeThatIsShownIsNotedInTheInventory() {
        done(tool().read(new Parameters(null, null), context()));

        assertThat(assets.seen())
                .extracting(Sighting::hostname)
                .containsExactlyInAnyOrder("node-1", "node-2", "node-3");
        assertThat(assets.seen()).allSatisfy(node -> {
            assertThat(node.seenBy()).isEqualTo(SeenBy.KUBERNETES);
            assertThat(node.type()).isEqualTo(AssetType.KUBERNETES_NODE);
            assertThat(node.address()).startsWith("192.168.10.1");
            assertThat(node.attributes()).containsEntry("cluster", "default").containsEntry("ready", "true");
        });
    }

    @Test
    void anAddressThatIsNoneIsLeftOutOfTheInventory() {
        cluster.create("nodes", "", json("""
                {"metadata":{"name":"odd"},"status":{"addresses":[{"type":"InternalIP","address":"somewhere"}]}}"""));

        done(tool().read(new Parameters("odd", null), context()));

        assertThat(assets.seen()).singleElement().satisfies(node -> {
            assertThat(node.hostname()).isEqualTo("odd");
            assertThat(node.address()).isNull();
        });
    }

    @Test
    void anInventoryThatIsAwayIsNoTroubleOfWhoeverLooks() {
        assets.goAway();

        assertThat(done(tool().read(new Parameters(null, null), context())).summary())
                .startsWith("3 of 3 nodes ready");
    }

    private NodeStatus tool() {
        return new NodeStatus(clusters, new NotedAssets(assets));
    }
}
