package io.infraai.adapters.vmware;

import java.time.Duration;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

import io.infraai.contracts.tool.Parameter;
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
            @Parameter(
                    value = "The virtual machine's name",
                    pattern = MachineName.PATTERN,
                    maxLength = MachineName.LONGEST)
            String vmName,

            @Parameter(
                    value = "The folder it is in, e.g. /DC0/vm/web; needed when several have the name",
                    pattern = MachineName.PATTERN,
                    optional = true)
            @Nullable
            String folder) {

        MachineName machine() {
            return new MachineName(vmName, folder);
        }
    }

    private static final ToolSpec<Parameters> SPEC = new ToolSpec<>(
            "shutdown_vm",
            "Shuts down the guest of a virtual machine, which needs VMware Tools, and waits until it is off",
            Parameters.class,
            Risk.CHANGES,
            "vmware:default/vm/{vm_name}",
            Duration.ofMinutes(2));

    private final Vim vim;
    private final Machines machines;
    private final VmwareCalls calls;

    ShutdownVm(Vim vim, Machines machines, VmwareCalls calls) {
        this.vim = vim;
        this.machines = machines;
        this.calls = calls;
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
        return calls.identified(context, () -> machines.identify(parameters.machine()));
    }

    @Override
    public String describe(Parameters parameters, MachineIdentity target) {
        return "Shut down the guest of virtual machine " + parameters.vmName() + " (" + target.moref() + ", "
                + target.powerState() + ")";
    }

    @Override
    public Uni<ToolResult> apply(Parameters parameters, MachineIdentity target, ToolContext context) {
        var late = "The guest of " + parameters.vmName() + " was asked to shut down, and whether it is off isn't known";
        return calls.<Optional<ToolResult>>off(context, () -> asked(parameters, target), Optional::of)
                .chain(said -> said.map(result -> Uni.createFrom().item(result))
                        .orElseGet(() -> calls.until(context, () -> off(parameters, target), late)));
    }

    @Override
    public Uni<Settlement> settle(Parameters parameters, MachineIdentity target, ToolContext context) {
        return calls.settled(context, () -> {
            var machine = machines.same(target);
            if (machine.off()) {
                return new Happened("the machine is off");
            }
            return target.sameLifeAs(machine)
                    ? new NeverHappened("the machine isn't off")
                    : new StillUnknown("the machine was started or restarted since it was looked at");
        });
    }

    /** Empty when the guest was asked and its going down remains to be seen. */
    private Optional<ToolResult> asked(Parameters parameters, MachineIdentity target) {
        var machine = machines.same(target);
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
            vim.in(session -> session.call("ShutdownGuest", Machine.TYPE, machine.id(), ""));
            return Optional.empty();
        } catch (VimFailure e) {
            // it may have gone off between the look and the request
            if (e.is("InvalidPowerState") && machines.same(target).off()) {
                return Optional.of(new Done("The machine went off before it was asked"));
            }
            throw e;
        }
    }

    private Optional<ToolResult> off(Parameters parameters, MachineIdentity target) {
        return machines.same(target).off()
                ? Optional.of(new Done("Shut down virtual machine " + parameters.vmName()))
                : Optional.empty();
    }
}
