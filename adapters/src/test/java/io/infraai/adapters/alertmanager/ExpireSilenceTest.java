package io.infraai.adapters.alertmanager;

import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.infraai.adapters.alertmanager.ExpireSilence.Parameters;
import io.infraai.adapters.alertmanager.ExpireSilence.SilenceIdentity;
import io.infraai.contracts.tool.Settlement;
import io.infraai.contracts.tool.Tool;
import io.infraai.contracts.tool.ToolResult.Done;
import io.infraai.simulators.http.HttpFault;
import io.infraai.testkit.tool.GuardedToolContract;

import static org.assertj.core.api.Assertions.assertThat;

class ExpireSilenceTest extends AlertmanagerToolTest implements GuardedToolContract<Parameters, SilenceIdentity> {

    private ExpireSilence tool;
    private String silence;

    @BeforeEach
    void silence() {
        tool = new ExpireSilence(alertmanager());
        silence = simulated.silence("alertname", "PodCrashLoop");
    }

    @Override
    public Tool.Guarded<Parameters, SilenceIdentity> tool() {
        return tool;
    }

    @Override
    public Parameters parameters() {
        return new Parameters(silence);
    }

    @Override
    public Parameters parametersOfNothing() {
        return new Parameters("00000000-0000-0000-0000-000000000000");
    }

    @Override
    public int changes() {
        return simulated.changes();
    }

    @Override
    public void someoneElseChangesTheTarget() {
        simulated.expire(silence);
    }

    @Override
    public void loseTheNextAnswer() {
        simulated.injectOnDelete(new HttpFault.LostAnswer());
    }

    @Override
    public void failTheNextChange() {
        simulated.injectOnDelete(HttpFault.status(500));
    }

    @Test
    void oneThatSomebodyElseEndedIsDone() {
        simulated.expire(silence);

        var told = tool.apply(parameters(), new SilenceIdentity(silence, "by hand"), CONTEXT)
                .await()
                .atMost(SOON);

        assertThat(told).isEqualTo(new Done("Silence " + silence + " was over already"));
    }

    @Test
    void withoutAnAddressNothingIsKnownOfASilence() {
        var unset = new ExpireSilence(alertmanager(Map.of()));

        var settled = unset.settle(parameters(), new SilenceIdentity(silence, ""), CONTEXT)
                .await()
                .atMost(SOON);

        assertThat(settled).isInstanceOf(Settlement.StillUnknown.class);
    }
}
