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

import static io.infraai.contracts.tool.FailureReason.INVALID_PARAMETERS;
import static io.infraai.contracts.tool.FailureReason.TARGET_NOT_FOUND;

/** A snapshot's id is never used again: asked twice, the server finds nothing the second time. */
@ApplicationScoped
class RemoveSnapshot implements Tool.Guarded<RemoveSnapshot.Parameters, RemoveSnapshot.SnapshotIdentity> {

    record Parameters(
            @VmName String vmName,

            @Parameter(value = "The snapshot's name", pattern = MachineName.PATTERN, maxLength = MachineName.LONGEST)
            String snapshotName,

            @InFolder @Nullable String folder,
            @ServerName @Nullable String server)
            implements NamesMachine {}

    record SnapshotIdentity(String machine, String snapshot, String created) {}

    private static final ToolSpec<Parameters> SPEC = new ToolSpec<>(
            "remove_snapshot",
            "Removes one snapshot of a virtual machine; those that were taken on it stay",
            Parameters.class,
            Risk.DESTROYS,
            "vmware:{server}/vm/{vm_name}",
            Duration.ofMinutes(5));

    private final Servers servers;

    RemoveSnapshot(Servers servers) {
        this.servers = servers;
    }

    @Override
    public ToolSpec<Parameters> spec() {
        return SPEC;
    }

    @Override
    public Class<SnapshotIdentity> identity() {
        return SnapshotIdentity.class;
    }

    @Override
    public Uni<Identified<SnapshotIdentity>> identify(Parameters parameters, ToolContext context) {
        return servers.identified(parameters, context, server -> {
            var machine = server.machines().find(parameters.machine()).id();
            var found = server.vim().in(session -> named(session, machine, parameters));
            return new SnapshotIdentity(machine, found.id(), found.created());
        });
    }

    @Override
    public String describe(Parameters parameters, SnapshotIdentity target) {
        return "Remove snapshot " + parameters.snapshotName() + " of virtual machine " + parameters.vmName() + " ("
                + target.snapshot() + ", taken at " + target.created() + ")";
    }

    @Override
    public Uni<ToolResult> apply(Parameters parameters, SnapshotIdentity target, ToolContext context) {
        var done = "Removed snapshot " + parameters.snapshotName() + " of virtual machine " + parameters.vmName();
        return servers.at(
                parameters,
                server -> server.calls()
                        .<Started>off(context, () -> started(server, target), Started.Ended::new)
                        .chain(started -> switch (started) {
                            case Started.Ended(var result) -> Uni.createFrom().item(goneIsDone(result));
                            case Started.Task(var task) ->
                                server.tasks().ended(task, "RemoveSnapshot_Task", done, context);
                        }));
    }

    @Override
    public Uni<Settlement> settle(Parameters parameters, SnapshotIdentity target, ToolContext context) {
        return servers.settled(
                parameters,
                context,
                server -> server.vim().in(session -> there(session, target))
                        ? new NeverHappened("the snapshot is still there")
                        : new Happened("the snapshot is gone"));
    }

    private sealed interface Started {

        record Task(String id) implements Started {}

        record Ended(ToolResult result) implements Started {}
    }

    private static Started started(VmwareServer server, SnapshotIdentity target) {
        if (!server.vim().in(session -> there(session, target))) {
            return new Started.Ended(new Done("That snapshot was gone already"));
        }
        return new Started.Task(server.vim()
                .in(session -> session.start(
                        "RemoveSnapshot_Task",
                        Snapshot.TYPE,
                        target.snapshot(),
                        "<removeChildren>false</removeChildren>")));
    }

    private static boolean there(VimSession session, SnapshotIdentity target) {
        return Snapshot.of(session, target.machine()).stream()
                .anyMatch(snapshot -> snapshot.id().equals(target.snapshot()));
    }

    /** The snapshot, or its whole machine, went between the look and the request. */
    private static ToolResult goneIsDone(ToolResult result) {
        return switch (result) {
            case Failed(var reason, var _)
            when reason == TARGET_NOT_FOUND -> new Done("That snapshot was gone already");
            case Done done -> done;
            case Failed failed -> failed;
        };
    }

    private static Snapshot named(VimSession session, String machine, Parameters parameters) {
        var named = Snapshot.of(session, machine).stream()
                .filter(snapshot -> snapshot.name().equals(parameters.snapshotName()))
                .toList();
        return switch (named.size()) {
            case 0 ->
                throw VimFailure.of(
                        TARGET_NOT_FOUND,
                        "There is no snapshot " + parameters.snapshotName() + " of " + parameters.vmName());
            case 1 -> named.getFirst();
            default ->
                throw VimFailure.of(
                        INVALID_PARAMETERS,
                        "Several snapshots of " + parameters.vmName() + " are named " + parameters.snapshotName());
        };
    }
}
