package io.infraai.adapters.vmware;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.infraai.adapters.vmware.CreateSnapshot.Parameters;
import io.infraai.contracts.tool.Settlement;
import io.infraai.contracts.tool.Tool;
import io.infraai.simulators.vcenter.FaultKind;
import io.infraai.testkit.tool.TargetedOneShotContract;

import static org.assertj.core.api.Assertions.assertThat;

class CreateSnapshotTest extends VmwareToolTest implements TargetedOneShotContract<Parameters, MachineIdentity> {

    private CreateSnapshot tool;

    @BeforeEach
    void makeTool() {
        tool = new CreateSnapshot(servers);
    }

    @Override
    public Tool.OneShot<Parameters, MachineIdentity> tool() {
        return tool;
    }

    @Override
    public Parameters parameters() {
        return new Parameters("batch-01", "before <upgrade> & more", null, null);
    }

    @Override
    public Parameters parametersOfNothing() {
        return new Parameters("no-such-vm", "x", null, null);
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
        vcenter.replaceMachine("batch-01");
    }

    @Override
    public void loseTheNextAnswer() {
        fault("CreateSnapshot_Task", FaultKind.LOST_REPLY);
    }

    @Override
    public void loseTheNextRequest() {
        fault("CreateSnapshot_Task", FaultKind.LOST_REQUEST);
    }

    @Override
    public void stopThePlatform() {
        vcenter.close();
    }

    @Test
    void theNameIsWrittenAsGivenAndTheTaskInTheDescription() {
        done(got(tool.fire(parameters(), identified(), context())));

        assertThat(vcenter.snapshotsOf("batch-01")).singleElement().satisfies(taken -> {
            assertThat(taken.name()).isEqualTo("before <upgrade> & more");
            assertThat(taken.description()).contains(context().correlationId());
        });
    }

    @Test
    void somebodyElsesSnapshotOfTheSameNameIsNotTakenForOurs() {
        var target = identified();
        vcenter.addSnapshot("batch-01", parameters().snapshotName(), "by hand");

        assertThat(got(tool.settle(parameters(), target, context()))).isInstanceOf(Settlement.StillUnknown.class);
    }

    private MachineIdentity identified() {
        return got(tool.identify(parameters(), context())).found().orElseThrow();
    }
}
