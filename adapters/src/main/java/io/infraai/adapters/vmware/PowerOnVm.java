package io.infraai.adapters.vmware;

import java.time.Duration;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

import io.infraai.contracts.tool.Rehearsal;
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
            @VmName String vmName,
            @InFolder @Nullable String folder,
            @ServerName @Nullable String server) implements NamesMachine {}

    private static final ToolSpec<Parameters> SPEC = new ToolSpec<>(
            "power_on_vm",
            "Turns a virtual machine on; one that is on stays as it is",
            Parameters.class,
            Risk.CHANGES,
            "vmware:{server}/vm/{vm_name}",
            Duration.ofMinutes(1));

    private final Servers servers;

    PowerOnVm(Servers servers) {
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
        return "Turn on virtual machine " + parameters.vmName() + " (" + target.moref() + ", " + target.powerState()
                + ")";
    }

    @Override
    public Uni<Rehearsal> rehearse(Parameters parameters, MachineIdentity target, ToolContext context) {
        return servers.rehearsed(parameters, context, server -> {
            var machine = server.machines().same(target);
            return machine.on()
                    ? new Rehearsal.Needless("Virtual machine " + parameters.vmName() + " is on already")
                    : machine.rehearsed();
        });
    }

    @Override
    public Uni<ToolResult> apply(Parameters parameters, MachineIdentity target, ToolContext context) {
        var done = "Turned on virtual machine " + parameters.vmName();
        return servers.at(
                parameters,
                server -> server.calls()
                        .<Started>off(context, () -> started(server, target), Started.Ended::new)
                        .chain(started -> switch (started) {
                            case Started.Ended(var result) -> Uni.createFrom().item(result);
                            case Started.Task(var task) -> server.tasks().ended(task, "PowerOnVM_Task", done, context);
                        })
                        .chain(result -> overtaken(result)
                                ? onByNow(server, target, result, context)
                                : Uni.createFrom().item(result)));
    }

    @Override
    public Uni<Settlement> settle(Parameters parameters, MachineIdentity target, ToolContext context) {
        return servers.settled(
                parameters,
                context,
                server -> server.machines().same(target).on()
                        ? new Happened("the machine is on")
                        : new NeverHappened("the machine isn't on"));
    }

    private sealed interface Started {

        record Task(String id) implements Started {}

        record Ended(ToolResult result) implements Started {}
    }

    private static Started started(VmwareServer server, MachineIdentity target) {
        var machine = server.machines().same(target);
        return machine.on()
                ? new Started.Ended(new Done("The machine was on already"))
                : new Started.Task(
                        server.vim().in(session -> session.start("PowerOnVM_Task", Machine.TYPE, machine.id(), "")));
    }

    private static boolean overtaken(ToolResult result) {
        return result instanceof Failed(var reason, var _) && reason == TARGET_CHANGED;
    }

    /** Somebody may have turned it on between the look and the request, which is then refused. */
    private static Uni<ToolResult> onByNow(
            VmwareServer server, MachineIdentity target, ToolResult refusal, ToolContext context) {
        return server.calls()
                .result(
                        context,
                        () -> server.machines().same(target).on()
                                ? new Done("The machine was turned on by somebody else")
                                : refusal);
    }
}
