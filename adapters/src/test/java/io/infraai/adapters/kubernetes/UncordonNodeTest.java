package io.infraai.adapters.kubernetes;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.infraai.adapters.kubernetes.UncordonNode.Parameters;
import io.infraai.contracts.tool.Tool;
import io.infraai.simulators.kubernetes.FaultKind;
import io.infraai.testkit.tool.GuardedToolContract;

import static org.assertj.core.api.Assertions.assertThat;

class UncordonNodeTest extends KubernetesToolTest implements GuardedToolContract<Parameters, Cordoning.NodeIdentity> {

    private UncordonNode tool;

    @BeforeEach
    void makeTool() {
        tool = new UncordonNode(clusters);
        cluster.patch("nodes", "", "node-1", json("{\"spec\":{\"unschedulable\":true}}"));
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
        cluster.patch("nodes", "", "node-1", json("{\"spec\":{\"unschedulable\":null}}"));
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
    void theInverseIsToCordonWhatWasCordoned() {
        var target = answer(tool.identify(parameters(), context())).found().orElseThrow();

        assertThat(tool.inverse(parameters(), target))
                .hasValueSatisfying(undo -> assertThat(undo.tool()).isEqualTo("cordon"));
    }
}
