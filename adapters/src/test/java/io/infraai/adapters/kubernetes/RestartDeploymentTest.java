package io.infraai.adapters.kubernetes;

import java.time.Clock;

import org.junit.jupiter.api.BeforeEach;

import io.infraai.adapters.kubernetes.RestartDeployment.Parameters;
import io.infraai.contracts.tool.Tool;
import io.infraai.simulators.kubernetes.FaultKind;
import io.infraai.testkit.tool.GuardedToolContract;

class RestartDeploymentTest extends KubernetesToolTest implements GuardedToolContract<Parameters, Workload.Identity> {

    private RestartDeployment tool;

    @BeforeEach
    void makeTool() {
        tool = new RestartDeployment(clusters, Clock.systemUTC());
    }

    @Override
    public Tool.Guarded<Parameters, Workload.Identity> tool() {
        return tool;
    }

    @Override
    public Parameters parameters() {
        return new Parameters("cart", "shop", null, null);
    }

    @Override
    public Parameters parametersOfNothing() {
        return new Parameters("no-such-deployment", "shop", null, null);
    }

    @Override
    public int changes() {
        return effects();
    }

    @Override
    public void someoneElseChangesTheTarget() {
        cluster.scale("shop", "cart", 5);
    }

    @Override
    public void loseTheNextAnswer() {
        fault("patch", "/deployments/cart", FaultKind.LOST_REPLY);
    }

    @Override
    public void failTheNextChange() {
        fault("patch", "/deployments/cart", FaultKind.ERROR_BEFORE);
    }
}
