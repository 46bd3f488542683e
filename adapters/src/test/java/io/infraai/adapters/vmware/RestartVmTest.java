package io.infraai.adapters.vmware;

import java.time.Duration;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.infraai.adapters.vmware.RestartVm.Parameters;
import io.infraai.contracts.tool.FailureReason;
import io.infraai.contracts.tool.Settlement;
import io.infraai.contracts.tool.Tool;
import io.infraai.simulators.vcenter.Effect.What;
import io.infraai.simulators.vcenter.FaultKind;
import io.infraai.simulators.vcenter.FaultRule;
import io.infraai.simulators.vcenter.Product;
import io.infraai.simulators.vcenter.VcenterConfig;
import io.infraai.testkit.tool.TargetedOneShotContract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class RestartVmTest extends VmwareToolTest implements TargetedOneShotContract<Parameters, MachineIdentity> {

    private RestartVm tool;

    @BeforeEach
    void makeTool() {
        tool = new RestartVm(servers);
    }

    @Override
    public Tool.OneShot<Parameters, MachineIdentity> tool() {
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
    public int requests() {
        return changesAskedFor();
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
        fault("RebootGuest", FaultKind.LOST_REPLY);
    }

    @Override
    public void loseTheNextRequest() {
        fault("RebootGuest", FaultKind.LOST_REQUEST);
    }

    @Override
    public void stopThePlatform() {
        vcenter.close();
    }

    @Test
    void aGuestWithToolsIsAskedToReboot() {
        restarted("web-01");

        assertThat(vcenter.calls().effects())
                .singleElement()
                .satisfies(effect -> assertThat(effect.what()).isEqualTo(What.GUEST_REBOOTED));
    }

    @Test
    void aMachineWithoutToolsIsReset() {
        restarted("legacy-01");

        assertThat(vcenter.calls().effects())
                .singleElement()
                .satisfies(effect -> assertThat(effect.what()).isEqualTo(What.RESET));
    }

    @Test
    void toolsThatStopBetweenTheLookAndTheRequestLeadToAReset() {
        vcenter.faults()
                .inject(FaultRule.once("RebootGuest", FaultKind.SOAP_FAULT).of("ToolsUnavailable"));

        restarted("web-01");

        assertThat(vcenter.calls().effects())
                .singleElement()
                .satisfies(effect -> assertThat(effect.what()).isEqualTo(What.RESET));
    }

    @Test
    void aResetWhoseAnswerIsLostIsFoundByItsBootTime() {
        var legacy = new Parameters("legacy-01", null, null);
        var target = identified(legacy);
        fault("ResetVM_Task", FaultKind.LOST_REPLY);
        var lost = failed(got(tool.fire(legacy, target, context())));

        var settled = got(tool.settle(legacy, target, context()));

        assertThat(lost.reason()).isEqualTo(FailureReason.TIMED_OUT);
        assertThat(settled)
                .isInstanceOfSatisfying(
                        Settlement.Happened.class,
                        it -> assertThat(it.evidence()).contains("has booted at"));
        assertThat(changesAskedFor()).isEqualTo(1);
    }

    @Test
    void aBootTimeThatIsToldInTheSummaryAloneIsEvidence() {
        vcenter.summariseBootTime("legacy-01");

        assertThat(settledAfterALostReset())
                .isInstanceOfSatisfying(
                        Settlement.Happened.class,
                        it -> assertThat(it.evidence()).contains("has booted at"));
    }

    @Test
    void aServerThatKeepsNoEventsIsAskedForItsTasks() {
        restart(VcenterConfig.defaults("svc-infraai", PASSWORD).withTaskTakes(Duration.ofMinutes(5)));
        makeTool();
        vcenter.faults()
                .inject(FaultRule.once("QueryEvents", FaultKind.SOAP_FAULT)
                        .of("NotImplemented")
                        .times(100));

        assertThat(settledAfterALostReset()).isEqualTo(new Settlement.StillUnknown("a reset is under way"));
    }

    @Test
    void aGuestThatIsStillGoingDownIsKnownByTheEvent() {
        restart(VcenterConfig.defaults("svc-infraai", PASSWORD).withBootAfter(Duration.ofMinutes(5)));
        makeTool();
        var target = identified(parameters());
        loseTheNextAnswer();
        failed(got(tool.fire(parameters(), target, context())));

        var settled = got(tool.settle(parameters(), target, context()));

        assertThat(settled)
                .isInstanceOfSatisfying(
                        Settlement.Happened.class,
                        it -> assertThat(it.evidence()).contains("VmGuestRebootEvent"));
    }

    @Test
    void aResetThatIsStillRunningIsUnknownYet() {
        restart(VcenterConfig.defaults("svc-infraai", PASSWORD).withTaskTakes(Duration.ofMinutes(5)));
        makeTool();
        var legacy = new Parameters("legacy-01", null, null);
        var target = identified(legacy);
        fault("ResetVM_Task", FaultKind.LOST_REPLY);
        failed(got(tool.fire(legacy, target, context())));

        var settled = got(tool.settle(legacy, target, context()));

        assertThat(settled).isEqualTo(new Settlement.StillUnknown("a reset is under way"));
    }

    @Test
    void aResetThatIsStillRunningIsWaitedFor() {
        restart(VcenterConfig.defaults("svc-infraai", PASSWORD).withTaskTakes(Duration.ofMillis(100)));
        makeTool();
        var legacy = new Parameters("legacy-01", null, null);
        var target = identified(legacy);
        fault("ResetVM_Task", FaultKind.LOST_REPLY);
        failed(got(tool.fire(legacy, target, context())));

        assertThat(got(tool.settle(legacy, target, context()))).isInstanceOf(Settlement.Happened.class);
    }

    @Test
    void aResetThatTheTaskRefusesNeverHappened() {
        restart(VcenterConfig.defaults("svc-infraai", PASSWORD).of(Product.ESXI).withTaskTakes(Duration.ofMillis(200)));
        makeTool();
        vcenter.tools("web-01", false);
        var target = identified(parameters());
        fault("ResetVM_Task", FaultKind.LOST_REPLY);
        failed(got(tool.fire(parameters(), target, context())));
        vcenter.powerOff("web-01");

        await().untilAsserted(() -> assertThat(got(tool.settle(parameters(), target, context())))
                .isEqualTo(new Settlement.NeverHappened("the reset failed: InvalidPowerState")));
    }

    @Test
    void aMachineThatIsOffIsNotRestarted() {
        var looked = got(tool.identify(new Parameters("batch-01", null, null), context()));

        assertThat(looked).isInstanceOfSatisfying(Tool.Identified.NotFound.class, it -> {
            assertThat(it.failure().reason()).isEqualTo(FailureReason.INVALID_PARAMETERS);
            assertThat(it.failure().message()).contains("poweredOff");
        });
    }

    @Test
    void aTaskWhoseEndCannotBeReadIsTimedOutAndNotUnreachable() {
        var legacy = new Parameters("legacy-01", null, null);
        var target = identified(legacy);
        vcenter.faults()
                .inject(FaultRule.once("RetrievePropertiesEx", FaultKind.LATENCY)
                        .after(Duration.ofMillis(1)));
        vcenter.faults()
                .inject(FaultRule.once("RetrievePropertiesEx", FaultKind.SOAP_FAULT)
                        .of("NoPermission"));

        var result = failed(got(tool.fire(legacy, target, context())));

        assertThat(result.reason()).isEqualTo(FailureReason.TIMED_OUT);
        assertThat(result.message()).contains("task-");
    }

    private Settlement settledAfterALostReset() {
        var legacy = new Parameters("legacy-01", null, null);
        var target = identified(legacy);
        fault("ResetVM_Task", FaultKind.LOST_REPLY);
        failed(got(tool.fire(legacy, target, context())));
        return got(tool.settle(legacy, target, context()));
    }

    private void restarted(String name) {
        var parameters = new Parameters(name, null, null);
        done(got(tool.fire(parameters, identified(parameters), context())));
    }

    private MachineIdentity identified(Parameters parameters) {
        return got(tool.identify(parameters, context())).found().orElseThrow();
    }
}
