package io.infraai.adapters.vmware;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
class ListVms implements Tool.Reading<ListVms.Parameters> {

    record Parameters(
            @Parameter(
                    value = "Only those whose name contains this; all of them when left out",
                    pattern = MachineName.PATTERN,
                    maxLength = MachineName.LONGEST,
                    optional = true)
            @Nullable
            String nameContains) {}

    /** More would drown a reader; the answer says that it was cut. */
    private static final int LIMIT = 500;

    private static final ToolSpec<Parameters> SPEC = new ToolSpec<>(
            "list_vms",
            "Lists virtual machines with their folder, host, power state and whether VMware Tools run",
            Parameters.class,
            Risk.READS,
            "",
            Duration.ofSeconds(15));

    private final Vim vim;
    private final VmwareCalls calls;

    ListVms(Vim vim, VmwareCalls calls) {
        this.vim = vim;
        this.calls = calls;
    }

    @Override
    public ToolSpec<Parameters> spec() {
        return SPEC;
    }

    @Override
    public Uni<ToolResult> read(Parameters parameters, ToolContext context) {
        return calls.result(context, () -> told(vim.in(ListVms::everything), parameters));
    }

    private static List<VimObject> everything(VimSession session) {
        var paths = new HashMap<>(Folders.PATHS);
        paths.put("HostSystem", List.of("name"));
        paths.put(
                Machine.TYPE,
                List.of(
                        "name",
                        "parent",
                        "config.template",
                        "runtime.powerState",
                        "runtime.connectionState",
                        "runtime.host",
                        "guest.toolsRunningStatus"));
        return new Collector(session).all(paths);
    }

    private static ToolResult told(List<VimObject> all, Parameters parameters) {
        var folders = new Folders(all);
        var hosts = new HashMap<String, String>();
        all.stream()
                .filter(object -> object.type().equals("HostSystem"))
                .forEach(host -> hosts.put(host.id(), host.text("name")));
        var wanted = parameters.nameContains() == null ? "" : parameters.nameContains();
        var machines = all.stream()
                .filter(object -> object.type().equals(Machine.TYPE))
                .filter(object -> !object.text("config.template").equals("true"))
                .filter(object -> MachineName.shown(object.text("name")).contains(wanted))
                .toList();
        var shown = new ArrayNode(JsonNodeFactory.instance);
        machines.stream().limit(LIMIT).forEach(machine -> shown.add(shown(machine, folders, hosts)));
        var detail = JsonNodeFactory.instance.objectNode().put("truncated", machines.size() > LIMIT);
        detail.set("vms", shown);
        var on = machines.stream()
                .filter(machine -> machine.text("runtime.powerState").equals(Machine.ON))
                .count();
        return new Done(machines.size() + " virtual machines, " + on + " of them on", detail);
    }

    private static ObjectNode shown(VimObject machine, Folders folders, Map<String, String> hosts) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("name", MachineName.shown(machine.text("name")))
                .put("folder", folders.of(machine))
                .put("host", hosts.getOrDefault(machine.text("runtime.host"), ""))
                .put("power_state", machine.text("runtime.powerState"))
                .put("connection_state", machine.text("runtime.connectionState"))
                .put("tools_running", machine.text("guest.toolsRunningStatus").equals("guestToolsRunning"));
    }
}
