package io.infraai.adapters.vmware;

import java.time.Duration;
import java.util.Optional;

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
import io.infraai.contracts.tool.ToolResult.Failed;
import io.infraai.contracts.tool.ToolSpec;

import static io.infraai.contracts.tool.FailureReason.REFUSED_FOR_NOW;
import static io.infraai.contracts.tool.FailureReason.TARGET_CHANGED;

/**
 * The target is a state of one life of the machine: a guest that goes down already isn't hurt by being asked again, and one
 * that was started since it was looked at is left alone. So this may be repeated.
 */
@ApplicationScoped
class ShutdownVm implements Tool.Guarded<ShutdownVm.Parameters, MachineIdentity> {

    record Parameters(
            @VmName String vmName,
            @InFolder @Nullable String folder,
            @ServerName @Nullable String server) implements NamesMachine {}

    private static final ToolSpec<Parameters> SPEC = new ToolSpec<>(
            "shutdown_vm",
            "Shuts down the guest of a virtual machine, which needs VMware Tools, and waits until it is off",
            Parameters.class,
            Risk.CHANGES,
            "vmware:{server}/vm/{vm_name}",
            Duration.ofMinutes(2));

    private final Servers servers;

    ShutdownVm(Servers servers) {
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
        return servers.identified(
                parameters, context, server -> server.machines().identify(parameters.machine()));
    }

    @Override
    public String describe(Parameters parameters, MachineIdentity target) {
        return "Shut down the guest of virtual machine " + parameters.vmName() + " (" + target.moref() + ", "
                + target.powerState() + ")";
    }

    @Override
    public Uni<Rehearsal> rehearse(Parameters parameters, MachineIdentity target, ToolContext context) {
        return servers.rehearsed(parameters, context, server -> {
            var machine = server.machines().same(target);
            return machine.off()
                    ? new Rehearsal.Needless("Virtual machine " + parameters.vmName() + " is off already")
                    : machine.rehearsed();
        });
    }

    @Override
    public Uni<ToolResult> apply(Parameters parameters, MachineIdentity target, ToolContext context) {
        var late = "The guest of " + parameters.vmName() + " was asked to shut down, and whether it is off isn't known";
        return servers.at(
                parameters,
                server -> server.calls()
                        .<Optional<ToolResult>>off(context, () -> asked(server, parameters, target), Optional::of)
                        .chain(said -> said.map(result -> Uni.createFrom().item(result))
                                .orElseGet(() ->
                                        server.calls().until(context, () -> off(server, parameters, target), late))));
    }

    @Override
    public Uni<Settlement> settle(Parameters parameters, MachineIdentity target, ToolContext context) {
        return servers.settled(parameters, context, server -> {
            var machine = server.machines().same(target);
            if (machine.off()) {
                return new Happened("the machine is off");
            }
            return target.sameLifeAs(machine)
                    ? new NeverHappened("the machine isn't off")
                    : new StillUnknown("the machine was started or restarted since it was looked at");
        });
    }

    /** Empty when the guest was asked and its going down remains to be seen. */
    private static Optional<ToolResult> asked(VmwareServer server, Parameters parameters, MachineIdentity target) {
        var machine = server.machines().same(target);
        if (machine.off()) {
            return Optional.of(new Done("The machine was off already"));
        }
        if (!target.sameLifeAs(machine)) {
            throw VimFailure.of(TARGET_CHANGED, "The machine was started or restarted since it was looked at");
        }
        if (!machine.toolsRun()) {
            return Optional.of(new Failed(
                    REFUSED_FOR_NOW,
                    "VMware Tools don't run in " + parameters.vmName()
                            + ", so its guest can't be asked to shut down; nothing was done"));
        }
        try {
            server.vim().in(session -> session.call("ShutdownGuest", Machine.TYPE, machine.id(), ""));
            return Optional.empty();
        } catch (VimFailure e) {
            // it may have gone off between the look and the request
            if (e.is("InvalidPowerState") && server.machines().same(target).off()) {
                return Optional.of(new Done("The machine went off before it was asked"));
            }
            throw e;
        }
    }

    private static Optional<ToolResult> off(VmwareServer server, Parameters parameters, MachineIdentity target) {
        return server.machines().same(target).off()
                ? Optional.of(new Done("Shut down virtual machine " + parameters.vmName()))
                : Optional.empty();
    }
}
