package io.infraai.adapters.vmware;

import java.time.Duration;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

import io.infraai.contracts.tool.Parameter;
import io.infraai.contracts.tool.Risk;
import io.infraai.contracts.tool.Settlement;
import io.infraai.contracts.tool.Settlement.Happened;
import io.infraai.contracts.tool.Settlement.NeverHappened;
import io.infraai.contracts.tool.Tool;
import io.infraai.contracts.tool.ToolContext;
import io.infraai.contracts.tool.ToolResult;
import io.infraai.contracts.tool.ToolResult.Done;
import io.infraai.contracts.tool.ToolResult.Failed;
import io.infraai.contracts.tool.ToolSpec;

import static io.infraai.contracts.tool.FailureReason.TARGET_CHANGED;

/** The target is a state: what is on stays as it is, however often it is asked to be on. */
@ApplicationScoped
class PowerOnVm implements Tool.Guarded<PowerOnVm.Parameters, MachineIdentity> {

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
            "power_on_vm",
            "Turns a virtual machine on; one that is on stays as it is",
            Parameters.class,
            Risk.CHANGES,
            "vmware:default/vm/{vm_name}",
            Duration.ofMinutes(1));

    private final Vim vim;
    private final Machines machines;
    private final Tasks tasks;
    private final VmwareCalls calls;

    PowerOnVm(Vim vim, Machines machines, Tasks tasks, VmwareCalls calls) {
        this.vim = vim;
        this.machines = machines;
        this.tasks = tasks;
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
        return "Turn on virtual machine " + parameters.vmName() + " (" + target.moref() + ", " + target.powerState()
                + ")";
    }

    @Override
    public Uni<ToolResult> apply(Parameters parameters, MachineIdentity target, ToolContext context) {
        var done = "Turned on virtual machine " + parameters.vmName();
        return calls.<Started>off(context, () -> started(target), Started.Ended::new)
                .chain(started -> switch (started) {
                    case Started.Ended(var result) -> Uni.createFrom().item(result);
                    case Started.Task(var task) -> tasks.ended(task, "PowerOnVM_Task", done, context);
                })
                .chain(result -> overtaken(result)
                        ? onByNow(target, result, context)
                        : Uni.createFrom().item(result));
    }

    @Override
    public Uni<Settlement> settle(Parameters parameters, MachineIdentity target, ToolContext context) {
        return calls.settled(
                context,
                () -> machines.same(target).on()
                        ? new Happened("the machine is on")
                        : new NeverHappened("the machine isn't on"));
    }

    private sealed interface Started {

        record Task(String id) implements Started {}

        record Ended(ToolResult result) implements Started {}
    }

    private Started started(MachineIdentity target) {
        var machine = machines.same(target);
        return machine.on()
                ? new Started.Ended(new Done("The machine was on already"))
                : new Started.Task(vim.in(session -> session.start("PowerOnVM_Task", Machine.TYPE, machine.id(), "")));
    }

    private static boolean overtaken(ToolResult result) {
        return result instanceof Failed(var reason, var _) && reason == TARGET_CHANGED;
    }

    /** Somebody may have turned it on between the look and the request, which is then refused. */
    private Uni<ToolResult> onByNow(MachineIdentity target, ToolResult refusal, ToolContext context) {
        return calls.result(
                context,
                () -> machines.same(target).on() ? new Done("The machine was turned on by somebody else") : refusal);
    }
}
