package io.infraai.adapters.vmware;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.infraai.contracts.tool.FailureReason;
import io.infraai.contracts.tool.Settlement;
import io.infraai.contracts.tool.Tool;
import io.infraai.contracts.tool.ToolResult;
import io.infraai.testkit.lab.Vcsim;

import static io.infraai.adapters.vmware.VmwareToolTest.context;
import static io.infraai.adapters.vmware.VmwareToolTest.done;
import static io.infraai.adapters.vmware.VmwareToolTest.failed;
import static io.infraai.adapters.vmware.VmwareToolTest.got;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What tools change on a vCenter that somebody else wrote, and how often they ask it to. */
@Tag("lab")
class VcsimChangesLabTest extends VcsimTest {

    private static final RestartVm.Parameters MACHINE = new RestartVm.Parameters(Vcsim.MACHINE, null, null);

    @Test
    void aMachineIsTurnedOnOnce() {
        task("PowerOffVM_Task", Vcsim.MACHINE, "");
        var tool = new PowerOnVm(servers);
        var parameters = new PowerOnVm.Parameters(Vcsim.MACHINE, null, null);
        var target = got(tool.identify(parameters, context())).found().orElseThrow();
        assertThat(got(tool.settle(parameters, target, context()))).isInstanceOf(Settlement.NeverHappened.class);

        done(got(tool.apply(parameters, target, context())));

        assertThat(power(Vcsim.MACHINE)).isEqualTo("poweredOn");
        assertThat(done(got(tool.apply(parameters, target, context()))).summary())
                .isEqualTo("The machine was on already");
        assertThat(got(tool.settle(parameters, target, context()))).isInstanceOf(Settlement.Happened.class);
        assertThat(vcsim.asked("PowerOnVM_Task")).isEqualTo(1);
    }

    @Test
    void aGuestWithToolsIsShutDown() {
        set(Vcsim.MACHINE, "guest.toolsRunningStatus", "guestToolsRunning");
        var target = lookedAt();

        done(got(new ShutdownVm(servers).apply(shutDown(), target, context())));

        assertThat(power(Vcsim.MACHINE)).isEqualTo("poweredOff");
        assertThat(vcsim.asked("ShutdownGuest")).isEqualTo(1);
    }

    @Test
    void aGuestWithoutToolsIsNotAskedToShutDown() {
        var result = failed(got(new ShutdownVm(servers).apply(shutDown(), lookedAt(), context())));

        assertThat(result.reason()).isEqualTo(FailureReason.REFUSED_FOR_NOW);
        assertThat(vcsim.asked("ShutdownGuest")).isZero();
    }

    @Test
    void aSnapshotIsTakenFoundAndRemoved() {
        var create = new CreateSnapshot(servers);
        var parameters = new CreateSnapshot.Parameters(Vcsim.MACHINE, "before <upgrade> & more", null, null);
        var machine = got(create.identify(parameters, context())).found().orElseThrow();

        done(got(create.fire(parameters, machine, context())));

        assertThat(got(create.settle(parameters, machine, context()))).isInstanceOf(Settlement.Happened.class);
        assertThat(snapshots()).containsExactly("before <upgrade> & more");
        var remove = new RemoveSnapshot(servers);
        var named = new RemoveSnapshot.Parameters(Vcsim.MACHINE, "before <upgrade> & more", null, null);
        var snapshot = got(remove.identify(named, context())).found().orElseThrow();
        done(got(remove.apply(named, snapshot, context())));
        assertThat(snapshots()).isEmpty();
        assertThat(done(got(remove.apply(named, snapshot, context()))).summary())
                .isEqualTo("That snapshot was gone already");
        assertThat(got(remove.settle(named, snapshot, context()))).isInstanceOf(Settlement.Happened.class);
    }

    @Test
    void aMachineIsResetOnce() {
        var target = lookedAt();

        assertThat(done(fired(target)).summary()).isEqualTo("Reset virtual machine " + Vcsim.MACHINE);

        assertThat(settled(target)).isInstanceOf(Settlement.Happened.class);
        assertThat(lookedAt().bootTime()).isAfter(target.bootTime());
        // the life that it was identified in is over: it isn't reset for that again
        assertThat(failed(fired(target)).reason()).isEqualTo(FailureReason.TARGET_CHANGED);
        assertThat(vcsim.asked("ResetVM_Task")).isEqualTo(1);
    }

    @Test
    void aResetWhoseAnswerIsLostIsKnownByItsBootTime() throws IOException {
        restart("-plain-http");
        try (var proxy = new ForgetfulProxy(vcsim.url())) {
            connect(Bounds.of(proxy.url(), passwordFile));
            var target = lookedAt();
            proxy.loseAnswer("ResetVM_Task");

            assertThat(failed(fired(target)).reason()).isEqualTo(FailureReason.TIMED_OUT);

            assertThat(settled(target))
                    .isInstanceOfSatisfying(
                            Settlement.Happened.class,
                            it -> assertThat(it.evidence()).contains("has booted at"));
        }
        assertThat(vcsim.asked("ResetVM_Task")).isEqualTo(1);
    }

    @Test
    void aResetThatLeftNoTraceIsInDoubtAndNotSentAgain() throws IOException {
        restart("-plain-http");
        try (var proxy = new ForgetfulProxy(vcsim.url())) {
            connect(Bounds.of(proxy.url(), passwordFile));
            var target = lookedAt();
            proxy.loseRequest("ResetVM_Task");

            assertThat(failed(fired(target)).reason()).isEqualTo(FailureReason.TIMED_OUT);

            assertThat(settled(target)).isInstanceOf(Settlement.StillUnknown.class);
        }
        assertThat(vcsim.asked("ResetVM_Task")).isZero();
    }

    @Test
    void aLoneHostsResetWhoseAnswerIsLostIsKnownWithoutEvents() throws IOException {
        restart("-esx", "-plain-http");
        var parameters = new RestartVm.Parameters("ha-host_VM0", null, null);
        try (var proxy = new ForgetfulProxy(vcsim.url())) {
            connect(Bounds.of(proxy.url(), passwordFile));
            var tool = new RestartVm(servers);
            var target = identified(tool, parameters);
            assertThat(got(tool.settle(parameters, target, context())))
                    .isEqualTo(new Settlement.StillUnknown(
                            "neither its boot time, its events nor its tasks show a restart"));
            proxy.loseAnswer("ResetVM_Task");
            failed(got(tool.fire(parameters, target, context())));

            assertThat(got(tool.settle(parameters, target, context()))).isInstanceOf(Settlement.Happened.class);
        }
        assertThat(vcsim.asked("ResetVM_Task")).isEqualTo(1);
    }

    @Test
    void aResetThatIsAnsweredTooLateIsFoundLater() throws IOException {
        restart("-delay", "ResetVM_Task:3000");
        connect(Bounds.of(vcsim.url(), passwordFile).pinned(vcsim.thumbprint()).within(Duration.ofSeconds(2)));
        var target = lookedAt();

        assertThat(failed(fired(target)).reason()).isEqualTo(FailureReason.TIMED_OUT);

        await().atMost(Duration.ofSeconds(10)).until(() -> settled(target) instanceof Settlement.Happened);
        assertThat(vcsim.asked("ResetVM_Task")).isEqualTo(1);
    }

    @Test
    void aSessionThatHasEndedIsRenewedOnceAndTheMachineResetOnce() {
        var target = lookedAt();
        forgetSession();

        done(fired(target));

        assertThat(vcsim.asked("Login")).isEqualTo(2);
        assertThat(vcsim.asked("ResetVM_Task")).isEqualTo(1);
    }

    private MachineIdentity lookedAt() {
        return identified(new RestartVm(servers), MACHINE);
    }

    private static <P extends Record> MachineIdentity identified(Tool.OneShot<P, MachineIdentity> tool, P parameters) {
        return got(tool.identify(parameters, context())).found().orElseThrow();
    }

    private ToolResult fired(MachineIdentity target) {
        return got(new RestartVm(servers).fire(MACHINE, target, context()));
    }

    private Settlement settled(MachineIdentity target) {
        return got(new RestartVm(servers).settle(MACHINE, target, context()));
    }

    private static ShutdownVm.Parameters shutDown() {
        return new ShutdownVm.Parameters(Vcsim.MACHINE, null, null);
    }

    private List<String> snapshots() {
        var parameters = new ListSnapshots.Parameters(Vcsim.MACHINE, null, null);
        return done(got(new ListSnapshots(servers).read(parameters, context())))
                .detail()
                .path("snapshots")
                .findValuesAsText("name");
    }
}
