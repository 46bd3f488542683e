package io.infraai.adapters.vmware;

import java.time.Duration;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

import io.infraai.contracts.tool.Parameter;
import io.infraai.contracts.tool.Rehearsal;
import io.infraai.contracts.tool.Risk;
import io.infraai.contracts.tool.Settlement;
import io.infraai.contracts.tool.Settlement.Happened;
import io.infraai.contracts.tool.Settlement.NeverHappened;
import io.infraai.contracts.tool.Settlement.StillUnknown;
import io.infraai.contracts.tool.Tool;
import io.infraai.contracts.tool.ToolContext;
import io.infraai.contracts.tool.ToolResult;
import io.infraai.contracts.tool.ToolResult.Failed;
import io.infraai.contracts.tool.ToolSpec;

/** A server makes a snapshot each time it is asked; ours carries the task in its description, by which it is known again. */
@ApplicationScoped
class CreateSnapshot implements Tool.OneShot<CreateSnapshot.Parameters, MachineIdentity> {

    record Parameters(
            @VmName String vmName,

            @Parameter(
                    value = "What to call the snapshot",
                    pattern = MachineName.PATTERN,
                    maxLength = MachineName.LONGEST)
            String snapshotName,

            @InFolder @Nullable String folder,
            @ServerName @Nullable String server)
            implements NamesMachine {}

    private static final ToolSpec<Parameters> SPEC = new ToolSpec<>(
            "create_snapshot",
            "Takes a snapshot of a virtual machine's disks, without its memory",
            Parameters.class,
            Risk.CHANGES,
            "vmware:{server}/vm/{vm_name}",
            Duration.ofMinutes(2));

    private final Servers servers;

    CreateSnapshot(Servers servers) {
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
        return "Take snapshot " + parameters.snapshotName() + " of virtual machine " + parameters.vmName() + " ("
                + target.moref() + ")";
    }

    @Override
    public Uni<Rehearsal> rehearse(Parameters parameters, MachineIdentity target, ToolContext context) {
        return servers.rehearsed(
                parameters, context, server -> server.machines().same(target).rehearsed());
    }

    @Override
    public Uni<ToolResult> fire(Parameters parameters, MachineIdentity target, ToolContext context) {
        var done = "Took snapshot " + parameters.snapshotName() + " of virtual machine " + parameters.vmName();
        return servers.at(
                parameters,
                server -> server.calls()
                        .<Started>off(context, () -> started(server, parameters, target, context), Started.Not::new)
                        .chain(started -> switch (started) {
                            case Started.Not(var failed) -> Uni.createFrom().item(failed);
                            case Started.Task(var task) ->
                                server.tasks().ended(task, "CreateSnapshot_Task", done, context);
                        }));
    }

    @Override
    public Uni<Settlement> settle(Parameters parameters, MachineIdentity target, ToolContext context) {
        return servers.settledInTime(parameters, context, server -> {
            server.machines().same(target);
            return server.vim().in(session -> settled(session, target, context));
        });
    }

    private sealed interface Started {

        record Task(String id) implements Started {}

        record Not(Failed failed) implements Started {}
    }

    private static Started started(
            VmwareServer server, Parameters parameters, MachineIdentity target, ToolContext context) {
        var machine = server.machines().same(target);
        var arguments = Xml.element("name", parameters.snapshotName())
                + Xml.element("description", mark(context))
                + "<memory>false</memory><quiesce>false</quiesce>";
        return new Started.Task(server.vim()
                .in(session -> session.start("CreateSnapshot_Task", Machine.TYPE, machine.id(), arguments)));
    }

    private static Settlement settled(VimSession session, MachineIdentity target, ToolContext context) {
        var ours = Snapshot.of(session, target.moref()).stream()
                .filter(snapshot -> snapshot.description().equals(mark(context)))
                .findFirst();
        if (ours.isPresent()) {
            return new Happened("the snapshot is there, " + ours.get().id());
        }
        return Tasks.since(session, target.moref(), "VirtualMachine.createSnapshot", target.asOf()).stream()
                .findFirst()
                .<Settlement>map(task -> switch (task.state()) {
                    case UNDER_WAY -> new StillUnknown("a snapshot is being taken");
                    case SUCCEEDED ->
                        new StillUnknown("a snapshot was taken, and none that there is now is this task's");
                    case FAILED -> new NeverHappened("taking it failed: " + task.fault());
                })
                .orElseGet(() -> new StillUnknown("neither the machine's snapshots nor its tasks show it"));
    }

    private static String mark(ToolContext context) {
        return "Taken by InfraAI for task " + context.correlationId();
    }
}
