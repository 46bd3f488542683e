package io.infraai.adapters.kubernetes;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.infraai.adapters.kubernetes.CordonNode.Parameters;
import io.infraai.contracts.tool.FailureReason;
import io.infraai.contracts.tool.Tool;
import io.infraai.simulators.kubernetes.FaultKind;
import io.infraai.testkit.tool.GuardedToolContract;

import static org.assertj.core.api.Assertions.assertThat;

class CordonNodeTest extends KubernetesToolTest implements GuardedToolContract<Parameters, Cordoning.NodeIdentity> {

    private CordonNode tool;

    @BeforeEach
    void makeTool() {
        tool = new CordonNode(clusters);
    }

    @Override
    public Tool.Guarded<Parameters, Cordoning.NodeIdentity> tool() {
        return tool;
    }

    @Override
    public Parameters parameters() {
        return new Parameters("node-1", null);
    }

    @Override
    public Parameters parametersOfNothing() {
        return new Parameters("node-9", null);
    }

    @Override
    public int changes() {
        return effects();
    }

    @Override
    public void someoneElseChangesTheTarget() {
        cluster.patch("nodes", "", "node-1", json("{\"spec\":{\"unschedulable\":true}}"));
    }

    @Override
    public void loseTheNextAnswer() {
        fault("patch", "/nodes/node-1", FaultKind.LOST_REPLY);
    }

    @Override
    public void failTheNextChange() {
        fault("patch", "/nodes/node-1", FaultKind.ERROR_BEFORE);
    }

    @Test
    void theInverseIsToUncordonUnlessItWasCordonedBefore() {
        var open = answer(tool.identify(parameters(), context())).found().orElseThrow();
        cluster.patch("nodes", "", "node-1", json("{\"spec\":{\"unschedulable\":true}}"));
        var cordoned = answer(tool.identify(parameters(), context())).found().orElseThrow();

        assertThat(tool.inverse(parameters(), open)).hasValueSatisfying(undo -> {
            assertThat(undo.tool()).isEqualTo("uncordon");
            assertThat(undo.arguments()).isEqualTo(json("{\"node_name\":\"node-1\"}"));
        });
        assertThat(tool.inverse(parameters(), cordoned)).isEmpty();
    }

    @Test
    void anotherNodeOfTheSameNameIsLeftAlone() {
        var target = answer(tool.identify(parameters(), context())).found().orElseThrow();
        cluster.delete("nodes", "", "node-1");
        cluster.create("nodes", "", json("{\"metadata\":{\"name\":\"node-1\"}}"));

        var result = failed(tool.apply(parameters(), target, context()));

        assertThat(result.reason()).isEqualTo(FailureReason.TARGET_CHANGED);
        assertThat(effects()).isZero();
    }
}
