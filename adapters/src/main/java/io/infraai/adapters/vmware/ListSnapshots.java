package io.infraai.adapters.vmware;

import java.time.Duration;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

import io.infraai.contracts.tool.Parameter;
import io.infraai.contracts.tool.Risk;
import io.infraai.contracts.tool.Tool;
import io.infraai.contracts.tool.ToolContext;
import io.infraai.contracts.tool.ToolResult;
import io.infraai.contracts.tool.ToolResult.Done;
import io.infraai.contracts.tool.ToolSpec;

@ApplicationScoped
class ListSnapshots implements Tool.Reading<ListSnapshots.Parameters> {

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
            "list_snapshots",
            "Lists the snapshots of a virtual machine with their age and what they were taken on",
            Parameters.class,
            Risk.READS,
            "",
            Duration.ofSeconds(15));

    private final Vim vim;
    private final Machines machines;
    private final VmwareCalls calls;

    ListSnapshots(Vim vim, Machines machines, VmwareCalls calls) {
        this.vim = vim;
        this.machines = machines;
        this.calls = calls;
    }

    @Override
    public ToolSpec<Parameters> spec() {
        return SPEC;
    }

    @Override
    public Uni<ToolResult> read(Parameters parameters, ToolContext context) {
        return calls.result(context, () -> {
            var id = machines.find(parameters.machine()).id();
            return told(parameters, vim.in(session -> Snapshot.of(session, id)));
        });
    }

    private static ToolResult told(Parameters parameters, List<Snapshot> snapshots) {
        var shown = new ArrayNode(JsonNodeFactory.instance);
        snapshots.forEach(snapshot -> shown.add(shown(snapshot)));
        var detail = JsonNodeFactory.instance.objectNode();
        detail.set("snapshots", shown);
        return new Done(snapshots.size() + " snapshots of virtual machine " + parameters.vmName(), detail);
    }

    private static ObjectNode shown(Snapshot snapshot) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", snapshot.id())
                .put("name", snapshot.name())
                .put("description", snapshot.description())
                .put("created", snapshot.created())
                .put("taken_on", snapshot.parent())
                .put("current", snapshot.current());
    }
}
