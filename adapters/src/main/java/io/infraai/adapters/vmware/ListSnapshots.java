package io.infraai.adapters.vmware;

import java.time.Duration;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

import io.infraai.contracts.tool.Risk;
import io.infraai.contracts.tool.Tool;
import io.infraai.contracts.tool.ToolContext;
import io.infraai.contracts.tool.ToolResult;
import io.infraai.contracts.tool.ToolResult.Done;
import io.infraai.contracts.tool.ToolSpec;

@ApplicationScoped
class ListSnapshots implements Tool.Reading<ListSnapshots.Parameters> {

    record Parameters(
            @VmName String vmName,
            @InFolder @Nullable String folder,
            @ServerName @Nullable String server) implements NamesMachine {}

    private static final ToolSpec<Parameters> SPEC = new ToolSpec<>(
            "list_snapshots",
            "Lists the snapshots of a virtual machine with their age and what they were taken on",
            Parameters.class,
            Risk.READS,
            "",
            Duration.ofSeconds(15));

    private final Servers servers;

    ListSnapshots(Servers servers) {
        this.servers = servers;
    }

    @Override
    public ToolSpec<Parameters> spec() {
        return SPEC;
    }

    @Override
    public Uni<ToolResult> read(Parameters parameters, ToolContext context) {
        return servers.result(parameters, context, server -> {
            var id = server.machines().find(parameters.machine()).id();
            return told(parameters, server.vim().in(session -> Snapshot.of(session, id)));
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
