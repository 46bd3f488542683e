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
class VmEvents implements Tool.Reading<VmEvents.Parameters> {

    record Parameters(
            @VmName String vmName,
            @InFolder @Nullable String folder,

            @Parameter(
                    value = "How many minutes to look back",
                    min = 1,
                    max = 10_080,
                    optional = true,
                    defaultValue = "60")
            int minutes,

            @ServerName @Nullable String server)
            implements NamesMachine {

        Parameters {
            minutes = minutes == 0 ? 60 : minutes;
        }
    }

    /** The latest of them; more would drown a reader. */
    private static final int LIMIT = 200;

    private static final ToolSpec<Parameters> SPEC = new ToolSpec<>(
            "vm_events",
            "Lists what happened to a virtual machine lately, and who did it",
            Parameters.class,
            Risk.READS,
            "",
            Duration.ofSeconds(15));

    private final Servers servers;

    VmEvents(Servers servers) {
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
            return told(parameters, server.vim().in(session -> {
                var begin = session.now().minus(Duration.ofMinutes(parameters.minutes()));
                return VmEvent.of(session, id, begin);
            }));
        });
    }

    private static ToolResult told(Parameters parameters, List<VmEvent> events) {
        var shown = new ArrayNode(JsonNodeFactory.instance);
        events.reversed().stream().limit(LIMIT).forEach(event -> shown.add(shown(event)));
        var detail = JsonNodeFactory.instance.objectNode().put("truncated", events.size() > LIMIT);
        detail.set("events", shown);
        return new Done(
                events.size() + " events of virtual machine " + parameters.vmName() + " in " + parameters.minutes()
                        + " minutes",
                detail);
    }

    private static ObjectNode shown(VmEvent event) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("type", event.type())
                .put("created", event.created().toString())
                .put("user", event.user())
                .put("message", event.message());
    }
}
