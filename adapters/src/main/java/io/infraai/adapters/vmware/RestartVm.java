package io.infraai.adapters.vmware;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

import io.infraai.contracts.tool.Rehearsal;
import io.infraai.contracts.tool.Risk;
import io.infraai.contracts.tool.Settlement;
import io.infraai.contracts.tool.Settlement.Happened;
import io.infraai.contracts.tool.Settlement.NeverHappened;
import io.infraai.contracts.tool.Settlement.StillUnknown;
import io.infraai.contracts.tool.Tool;
import io.infraai.contracts.tool.ToolContext;
import io.infraai.contracts.tool.ToolResult;
import io.infraai.contracts.tool.ToolResult.Done;
import io.infraai.contracts.tool.ToolSpec;

import static io.infraai.contracts.tool.FailureReason.INVALID_PARAMETERS;
import static io.infraai.contracts.tool.FailureReason.TARGET_CHANGED;

/** A machine restarts as often as it is asked to, whatever it was asked before: so it is asked once. */
@ApplicationScoped
class RestartVm implements Tool.OneShot<RestartVm.Parameters, MachineIdentity> {

    record Parameters(
            @VmName String vmName,
            @InFolder @Nullable String folder,
            @ServerName @Nullable String server) implements NamesMachine {}

    private static final ToolSpec<Parameters> SPEC = new ToolSpec<>(
            "restart_vm",
            "Restarts a virtual machine: its guest where VMware Tools run, else by a reset",
            Parameters.class,
            Risk.CHANGES,
            "vmware:{server}/vm/{vm_name}",
            Duration.ofMinutes(1));

    private static final Set<String> RESTARTS = Set.of("VmGuestRebootEvent", "VmResettingEvent", "VmPoweredOnEvent");

    private final Servers servers;

    RestartVm(Servers servers) {
        this.servers = servers;
    }

    @Override
    public ToolSpec<Parameters> spec() {
        return SPEC;
    }

    @Override
    public Class<MachineIdentity> identity() {
        return MachineIdentity.class;
    }

    @Override
    public Uni<Identified<MachineIdentity>> identify(Parameters parameters, ToolContext context) {
        return servers.identified(parameters, context, server -> {
            var found = server.machines().identify(parameters.machine());
            if (!found.powerState().equals(Machine.ON)) {
                throw VimFailure.of(
                        INVALID_PARAMETERS,
                        parameters.vmName() + " is " + found.powerState()
                                + ", so there is nothing to restart; power_on_vm starts it");
            }
            return found;
        });
    }

    @Override
    public String describe(Parameters parameters, MachineIdentity target) {
        return "Restart virtual machine " + parameters.vmName() + " (" + target.moref() + ", up since "
                + target.bootTime() + ")";
    }

    @Override
    public Uni<Rehearsal> rehearse(Parameters parameters, MachineIdentity target, ToolContext context) {
        return servers.rehearsed(
                parameters, context, server -> server.machines().same(target).rehearsed());
    }

    @Override
    public Uni<ToolResult> fire(Parameters parameters, MachineIdentity target, ToolContext context) {
        var done = "Reset virtual machine " + parameters.vmName();
        return servers.at(
                parameters,
                server -> server.calls()
                        .<Started>off(context, () -> started(server, parameters, target), Started.Not::new)
                        .chain(started -> switch (started) {
                            case Started.Not(var failed) -> Uni.createFrom().item(failed);
                            case Started.Guest(var said) -> Uni.createFrom().item(new Done(said));
                            case Started.Reset(var task) -> server.tasks().ended(task, "ResetVM_Task", done, context);
                        }));
    }

    @Override
    public Uni<Settlement> settle(Parameters parameters, MachineIdentity target, ToolContext context) {
        return servers.settledInTime(
                parameters, context, server -> server.vim().in(session -> settled(session, target)));
    }

    private sealed interface Started {

        record Guest(String said) implements Started {}

        record Reset(String task) implements Started {}

        record Not(ToolResult.Failed failed) implements Started {}
    }

    private static Started started(VmwareServer server, Parameters parameters, MachineIdentity target) {
        var machine = server.machines().same(target);
        if (!target.sameLifeAs(machine)) {
            throw VimFailure.of(TARGET_CHANGED, "The machine was stopped or restarted since it was looked at");
        }
        return guestAsked(server, machine)
                ? new Started.Guest("Asked the guest of virtual machine " + parameters.vmName() + " to reboot")
                : new Started.Reset(
                        server.vim().in(session -> session.start("ResetVM_Task", Machine.TYPE, machine.id(), "")));
    }

    /** Tools that have stopped meanwhile are a clear refusal: the guest wasn't asked, and a reset is still the first try. */
    private static boolean guestAsked(VmwareServer server, Machine machine) {
        if (!machine.toolsRun()) {
            return false;
        }
        try {
            server.vim().in(session -> session.call("RebootGuest", Machine.TYPE, machine.id(), ""));
            return true;
        } catch (VimFailure e) {
            if (e.is("ToolsUnavailable")) {
                return false;
            }
            throw e;
        }
    }

    private static Settlement settled(VimSession session, MachineIdentity target) {
        var machine = Machines.same(session, target);
        var before = target.bootTime();
        var now = machine.bootTime();
        if (before != null && now != null && now.isAfter(before)) {
            return new Happened("the machine has booted at " + now + ", after it was looked at");
        }
        return noted(session, target)
                .or(() -> tasked(session, target))
                .orElseGet(() -> new StillUnknown("neither its boot time, its events nor its tasks show a restart"));
    }

    /** A guest's reboot is no task, and moves the boot time late or on some versions not at all: there is an event. */
    private static Optional<Settlement> noted(VimSession session, MachineIdentity target) {
        try {
            return restarted(session, target);
        } catch (VimFailure e) {
            // its tasks may tell more
            if (e.is("NotImplemented") || e.is("NotSupported")) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static Optional<Settlement> restarted(VimSession session, MachineIdentity target) {
        return VmEvent.of(session, target.moref(), target.asOf()).stream()
                .filter(event -> RESTARTS.contains(event.type()))
                .findFirst()
                .map(event -> new Happened(event.type() + " at " + event.created() + " by " + event.user()));
    }

    private static Optional<Settlement> tasked(VimSession session, MachineIdentity target) {
        return Tasks.since(session, target.moref(), "VirtualMachine.reset", target.asOf()).stream()
                .findFirst()
                .map(task -> switch (task.state()) {
                    case UNDER_WAY -> new StillUnknown("a reset is under way");
                    case SUCCEEDED -> new Happened("a reset has succeeded since it was looked at");
                    case FAILED -> new NeverHappened("the reset failed: " + task.fault());
                });
    }
}
