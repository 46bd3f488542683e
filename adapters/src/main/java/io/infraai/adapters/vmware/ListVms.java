package io.infraai.adapters.vmware;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

import io.infraai.adapters.tool.NotedAssets;
import io.infraai.contracts.asset.AssetType;
import io.infraai.contracts.asset.Sighting;
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
            String nameContains,

            @ServerName @Nullable String server)
            implements OnServer {}

    /** Machines, and the names of what they are in and on. */
    private record Listed(List<VimObject> machines, Folders folders, Map<String, String> hosts) {

        String host(VimObject machine) {
            return hosts.getOrDefault(machine.text("runtime.host"), "");
        }
    }

    /** More would drown a reader; the answer says that it was cut. */
    private static final int LIMIT = 500;

    /** So many fit into one statement of the inventory. */
    private static final int MOST_NOTED = 5_000;

    private static final ToolSpec<Parameters> SPEC = new ToolSpec<>(
            "list_vms",
            "Lists virtual machines with their folder, host, power state and whether VMware Tools run, and notes them in the"
                    + " inventory",
            Parameters.class,
            Risk.READS,
            "",
            Duration.ofSeconds(15));

    private final Servers servers;
    private final NotedAssets assets;

    ListVms(Servers servers, NotedAssets assets) {
        this.servers = servers;
        this.assets = assets;
    }

    @Override
    public ToolSpec<Parameters> spec() {
        return SPEC;
    }

    @Override
    public Uni<ToolResult> read(Parameters parameters, ToolContext context) {
        return servers.at(
                parameters,
                server -> server.calls()
                        .off(
                                context,
                                () -> seen(listed(server.vim().in(ListVms::everything), parameters)),
                                Seen::nothing)
                        .call(seen -> assets.note("VMware", seen::sightings, context))
                        .map(Seen::result));
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
                        "guest.ipAddress",
                        "guest.toolsRunningStatus"));
        return new Collector(session).all(paths);
    }

    private static Listed listed(List<VimObject> all, Parameters parameters) {
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
        return new Listed(machines, new Folders(all), hosts);
    }

    private static Seen seen(Listed listed) {
        var sightings = listed.machines().stream()
                .limit(MOST_NOTED)
                .flatMap(machine -> sighting(machine, listed).stream())
                .toList();
        return new Seen(told(listed), sightings);
    }

    private static Optional<Sighting> sighting(VimObject machine, Listed listed) {
        return Seen.sighting(
                AssetType.VIRTUAL_MACHINE,
                MachineName.shown(machine.text("name")),
                machine.text("guest.ipAddress"),
                Map.of(
                        "power_state", machine.text("runtime.powerState"),
                        "folder", listed.folders().of(machine),
                        "host", listed.host(machine)));
    }

    private static ToolResult told(Listed listed) {
        var machines = listed.machines();
        var shown = new ArrayNode(JsonNodeFactory.instance);
        machines.stream().limit(LIMIT).forEach(machine -> shown.add(shown(machine, listed)));
        var detail = JsonNodeFactory.instance.objectNode().put("truncated", machines.size() > LIMIT);
        detail.set("vms", shown);
        var on = machines.stream()
                .filter(machine -> machine.text("runtime.powerState").equals(Machine.ON))
                .count();
        return new Done(machines.size() + " virtual machines, " + on + " of them on", detail);
    }

    private static ObjectNode shown(VimObject machine, Listed listed) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("name", MachineName.shown(machine.text("name")))
                .put("folder", listed.folders().of(machine))
                .put("host", listed.host(machine))
                .put("power_state", machine.text("runtime.powerState"))
                .put("connection_state", machine.text("runtime.connectionState"))
                .put("tools_running", machine.text("guest.toolsRunningStatus").equals("guestToolsRunning"));
    }
}
