package io.infraai.adapters.kubernetes;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.infraai.adapters.kubernetes.ScaleDeployment.Parameters;
import io.infraai.contracts.identity.TenantId;
import io.infraai.contracts.tool.Tool;
import io.infraai.contracts.tool.ToolContext;
import io.infraai.contracts.tool.ToolResult.Failed;
import io.infraai.simulators.kubernetes.FaultKind;
import io.infraai.testkit.tool.GuardedToolContract;

import static org.assertj.core.api.Assertions.assertThat;

class ScaleDeploymentTest extends KubernetesToolTest implements GuardedToolContract<Parameters, Workload.Identity> {

    private ScaleDeployment tool;

    @BeforeEach
    void makeTool() {
        tool = new ScaleDeployment(clusters);
    }

    @Override
    public Tool.Guarded<Parameters, Workload.Identity> tool() {
        return tool;
    }

    @Override
    public Parameters parameters() {
        return new Parameters("cart", 4, "shop", null, null);
    }

    @Override
    public Parameters parametersOfNothing() {
        return new Parameters("no-such-deployment", 4, "shop", null, null);
    }

    @Override
    public int changes() {
        return effects();
    }

    @Override
    public void someoneElseChangesTheTarget() {
        cluster.scale("shop", "cart", 3);
    }

    @Override
    public void loseTheNextAnswer() {
        fault("update", "/scale", FaultKind.LOST_REPLY);
    }

    @Override
    public void failTheNextChange() {
        fault("update", "/scale", FaultKind.ERROR_BEFORE);
    }

    @Test
    void aPersonWhoScaledBackAfterUsIsNotOverruledByOurRetry() {
        var context = new ToolContext(TenantId.DEFAULT, "test", "a-task", Instant.EPOCH);
        var target = tool.identify(parameters(), context)
                .await()
                .atMost(Duration.ofSeconds(5))
                .found()
                .orElseThrow();
        tool.apply(parameters(), target, context).await().atMost(Duration.ofSeconds(5));
        cluster.scale("shop", "cart", target.replicas());

        var retry = tool.apply(parameters(), target, context).await().atMost(Duration.ofSeconds(5));

        assertThat(retry).isInstanceOf(Failed.class);
        assertThat(changes()).isEqualTo(1);
    }
}
