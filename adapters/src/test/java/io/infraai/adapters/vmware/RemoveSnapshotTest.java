package io.infraai.adapters.vmware;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.infraai.adapters.vmware.RemoveSnapshot.Parameters;
import io.infraai.adapters.vmware.RemoveSnapshot.SnapshotIdentity;
import io.infraai.contracts.tool.FailureReason;
import io.infraai.contracts.tool.Risk;
import io.infraai.contracts.tool.Tool;
import io.infraai.simulators.vcenter.FaultKind;
import io.infraai.simulators.vcenter.FaultRule;
import io.infraai.testkit.tool.GuardedToolContract;

import static org.assertj.core.api.Assertions.assertThat;

class RemoveSnapshotTest extends VmwareToolTest implements GuardedToolContract<Parameters, SnapshotIdentity> {

    private RemoveSnapshot tool;
    private io.infraai.simulators.vcenter.Snapshot snapshot;

    private void makeSnapshot() {
        snapshot = vcenter.addSnapshot("web-01", "before upgrade", "");
    }

    @BeforeEach
    void makeTool() {
        tool = new RemoveSnapshot(servers);
        makeSnapshot();
    }

    @Override
    public Tool.Guarded<Parameters, SnapshotIdentity> tool() {
        return tool;
    }

    @Override
    public Parameters parameters() {
        return new Parameters("web-01", "before upgrade", null, null);
    }

    @Override
    public Parameters parametersOfNothing() {
        return new Parameters("web-01", "no-such-snapshot", null, null);
    }

    @Override
    public int changes() {
        return effects();
    }

    @Override
    public void someoneElseChangesTheTarget() {
        vcenter.removeSnapshot("web-01", snapshot);
    }

    @Override
    public void loseTheNextAnswer() {
        fault("RemoveSnapshot_Task", FaultKind.LOST_REPLY);
    }

    @Override
    public void failTheNextChange() {
        fault("RemoveSnapshot_Task", FaultKind.ERROR_BEFORE);
    }

    @Test
    void itWantsAPersonSinceItDestroys() {
        assertThat(tool.spec().risk()).isEqualTo(Risk.DESTROYS);
    }

    @Test
    void thoseTakenOnItStay() {
        vcenter.addSnapshot("web-01", "after upgrade", "");

        done(got(tool.apply(parameters(), identified(parameters()), context())));

        assertThat(vcenter.snapshotsOf("web-01"))
                .singleElement()
                .satisfies(left -> assertThat(left.name()).isEqualTo("after upgrade"));
    }

    @Test
    void twoOfOneNameAreNotGuessedBetween() {
        vcenter.addSnapshot("web-01", "before upgrade", "");

        var looked = got(tool.identify(parameters(), context()));

        assertThat(looked)
                .isInstanceOfSatisfying(
                        Tool.Identified.NotFound.class,
                        it -> assertThat(it.failure().reason()).isEqualTo(FailureReason.INVALID_PARAMETERS));
    }

    @Test
    void whatGoesBetweenTheLookAndTheRequestIsDone() {
        var target = identified(parameters());
        vcenter.faults()
                .inject(FaultRule.once("RemoveSnapshot_Task", FaultKind.SOAP_FAULT)
                        .of("ManagedObjectNotFound"));

        assertThat(done(got(tool.apply(parameters(), target, context()))).summary())
                .contains("gone already");
    }

    private SnapshotIdentity identified(Parameters parameters) {
        return got(tool.identify(parameters, context())).found().orElseThrow();
    }
}
