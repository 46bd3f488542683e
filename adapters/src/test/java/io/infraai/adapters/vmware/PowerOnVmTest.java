package io.infraai.adapters.vmware;

import java.time.Duration;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.infraai.adapters.vmware.PowerOnVm.Parameters;
import io.infraai.contracts.tool.FailureReason;
import io.infraai.contracts.tool.Rehearsal;
import io.infraai.contracts.tool.Tool;
import io.infraai.simulators.vcenter.FaultKind;
import io.infraai.simulators.vcenter.FaultRule;
import io.infraai.simulators.vcenter.Product;
import io.infraai.simulators.vcenter.VcenterConfig;
import io.infraai.testkit.tool.GuardedToolContract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class PowerOnVmTest extends VmwareToolTest implements GuardedToolContract<Parameters, MachineIdentity> {

    private PowerOnVm tool;

    @BeforeEach
    void makeTool() {
        tool = new PowerOnVm(servers);
    }

    @Override
    public Tool.Guarded<Parameters, MachineIdentity> tool() {
        return tool;
    }

    @Override
    public Parameters parameters() {
        return new Parameters("batch-01", null, null);
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
        vcenter.replaceMachine("batch-01");
    }

    @Override
    public void loseTheNextAnswer() {
        fault("PowerOnVM_Task", FaultKind.LOST_REPLY);
    }

    @Override
    public void failTheNextChange() {
        fault("PowerOnVM_Task", FaultKind.ERROR_BEFORE);
    }

    @Test
    void whatIsOnAlreadyIsDoneWithoutARequest() {
        var web = new Parameters("web-01", null, null);

        var result = done(got(tool.apply(web, identified(web), context())));

        assertThat(result.summary()).contains("on already");
        assertThat(changesAskedFor()).isZero();
    }

    @Test
    void whoeverIsAskedSeesTheMachineAndNobodyIsAskedForOneThatIsOn() {
        var web = new Parameters("web-01", null, null);

        assertThat(got(tool.rehearse(web, identified(web), context()))).isInstanceOf(Rehearsal.Needless.class);
        assertThat(got(tool.rehearse(parameters(), identified(parameters()), context())))
                .isInstanceOfSatisfying(Rehearsal.Possible.class, possible -> {
                    assertThat(possible.dryRun()).isEmpty();
                    assertThat(possible.observed().path("power_state").asText()).isEqualTo("poweredOff");
                });
        assertThat(changesAskedFor()).isZero();
    }

    @Test
    void aRefusalOfWhatIsStillOffStaysOne() {
        var target = identified(parameters());
        vcenter.faults()
                .inject(FaultRule.once("PowerOnVM_Task", FaultKind.SOAP_FAULT).of("InvalidPowerState"));

        assertThat(failed(got(tool.apply(parameters(), target, context()))).reason())
                .isEqualTo(FailureReason.TARGET_CHANGED);
    }

    @Test
    void aLoneHostThatRefusesInTheTaskIsUnderstoodToo() {
        restart(VcenterConfig.defaults("svc-infraai", PASSWORD).of(Product.ESXI).withTaskTakes(Duration.ofSeconds(1)));
        makeTool();
        var target = identified(parameters());

        var pending = tool.apply(parameters(), target, context()).subscribeAsCompletionStage();
        await().until(() -> vcenter.calls().of("PowerOnVM_Task").size() == 1);
        vcenter.powerOn("batch-01");

        assertThat(done(pending.join()).summary()).contains("by somebody else");
    }

    @Test
    void aBusyMachineIsRefusedForNow() {
        var target = identified(parameters());
        vcenter.faults()
                .inject(FaultRule.once("PowerOnVM_Task", FaultKind.SOAP_FAULT).of("TaskInProgress"));

        assertThat(failed(got(tool.apply(parameters(), target, context()))).reason())
                .isEqualTo(FailureReason.REFUSED_FOR_NOW);
    }

    @Test
    void aMissingPrivilegeIsNotPermitted() {
        var target = identified(parameters());
        vcenter.faults()
                .inject(FaultRule.once("PowerOnVM_Task", FaultKind.SOAP_FAULT).of("NoPermission"));

        assertThat(failed(got(tool.apply(parameters(), target, context()))).reason())
                .isEqualTo(FailureReason.NOT_PERMITTED);
    }

    private MachineIdentity identified(Parameters parameters) {
        return got(tool.identify(parameters, context())).found().orElseThrow();
    }
}
