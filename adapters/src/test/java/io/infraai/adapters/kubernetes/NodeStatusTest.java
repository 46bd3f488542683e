package io.infraai.adapters.kubernetes;

import org.junit.jupiter.api.Test;

import io.infraai.adapters.kubernetes.NodeStatus.Parameters;
import io.infraai.contracts.tool.FailureReason;

import static org.assertj.core.api.Assertions.assertThat;

class NodeStatusTest extends KubernetesToolTest {

    @Test
    void aCordonedNodeIsToldFromTheOthers() {
        cluster.patch("nodes", "", "node-2", json("{\"spec\":{\"unschedulable\":true}}"));

        var status = done(new NodeStatus(clusters).read(new Parameters(null, null), context()));

        assertThat(status.summary()).isEqualTo("3 of 3 nodes ready, 1 cordoned");
        assertThat(status.detail().path("nodes"))
                .filteredOn(node -> node.path("cordoned").asBoolean())
                .extracting(node -> node.path("name").asText())
                .containsExactly("node-2");
    }

    @Test
    void oneNodeIsShownWithItsCapacityAndAMissingOneIsNotFound() {
        var status = done(new NodeStatus(clusters).read(new Parameters("node-1", null), context()));

        assertThat(status.detail().at("/nodes/0/capacity/cpu").asText()).isEqualTo("4");
        assertThat(failed(new NodeStatus(clusters).read(new Parameters("node-9", null), context()))
                        .reason())
                .isEqualTo(FailureReason.TARGET_NOT_FOUND);
    }
}
