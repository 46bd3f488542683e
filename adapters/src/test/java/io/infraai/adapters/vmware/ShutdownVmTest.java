package io.infraai.adapters.vmware;

import java.time.Duration;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.infraai.adapters.vmware.ShutdownVm.Parameters;
import io.infraai.contracts.tool.FailureReason;
import io.infraai.contracts.tool.Tool;
import io.infraai.simulators.vcenter.FaultKind;
import io.infraai.simulators.vcenter.FaultRule;
import io.infraai.testkit.tool.GuardedToolContract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class ShutdownVmTest extends VmwareToolTest implements GuardedToolContract<Parameters, MachineIdentity> {

    private ShutdownVm tool;

    @BeforeEach
    void makeTool() {
        tool = new ShutdownVm(servers);
    }

    @Override
    public Tool.Guarded<Parameters, MachineIdentity> tool() {
        return tool;
    }

    @Override
    public Parameters parameters() {
        return new Parameters("web-01", null, null);
    }

    @Override
    public Parameters parametersOfNothing() {
        return new Parameters("no-such-vm", null, null);
    }

    @Override
    public int changes() {
        return effects();
    }

    @Override
    public void someoneElseChangesTheTarget() {
        vcenter.reset("web-01");
    }

    @Override
    public void loseTheNextAnswer() {
        fault("ShutdownGuest", FaultKind.LOST_REPLY);
    }

    @Override
    public void failTheNextChange() {
        fault("ShutdownGuest", FaultKind.ERROR_BEFORE);
    }

    @Test
    void theAnswerComesWhenTheMachineIsOff() {
        done(got(tool.apply(parameters(), identified(parameters()), context())));

        assertThat(vcenter.powerOf("web-01")).isEqualTo("poweredOff");
    }

    @Test
    void aGuestWithoutToolsIsNotAskedAndNotTurnedOff() {
        var legacy = new Parameters("legacy-01", null, null);

        var result = failed(got(tool.apply(legacy, identified(legacy), context())));

        assertThat(result.reason()).isEqualTo(FailureReason.REFUSED_FOR_NOW);
        assertThat(result.message()).contains("VMware Tools don't run in legacy-01");
        assertThat(changesAskedFor()).isZero();
    }

    @Test
    void toolsThatStopInBetweenAreARefusal() {
        var target = identified(parameters());
        vcenter.faults()
                .inject(FaultRule.once("ShutdownGuest", FaultKind.SOAP_FAULT).of("ToolsUnavailable"));

        assertThat(failed(got(tool.apply(parameters(), target, context()))).reason())
                .isEqualTo(FailureReason.REFUSED_FOR_NOW);
    }

    @Test
    void aMachineThatGoesOffBetweenTheLookAndTheRequestIsDone() {
        var target = identified(parameters());
        vcenter.faults()
                .inject(FaultRule.once("ShutdownGuest", FaultKind.LATENCY).after(Duration.ofSeconds(1)));

        var pending = tool.apply(parameters(), target, context()).subscribeAsCompletionStage();
        await().until(() -> vcenter.calls().of("ShutdownGuest").size() == 1);
        vcenter.powerOff("web-01");

        assertThat(done(pending.join()).summary()).contains("went off before");
    }

    @Test
    void aMachineThatWasRestartedSinceIsLeftAlone() {
        var target = identified(parameters());
        vcenter.reset("web-01");

        assertThat(failed(got(tool.apply(parameters(), target, context()))).reason())
                .isEqualTo(FailureReason.TARGET_CHANGED);
        assertThat(changesAskedFor()).isZero();
    }

    private MachineIdentity identified(Parameters parameters) {
        return got(tool.identify(parameters, context())).found().orElseThrow();
    }
}
