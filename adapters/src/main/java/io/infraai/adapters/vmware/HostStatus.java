package io.infraai.adapters.vmware;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

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

import static io.infraai.contracts.tool.FailureReason.TARGET_NOT_FOUND;

@ApplicationScoped
class HostStatus implements Tool.Reading<HostStatus.Parameters> {

    record Parameters(
            @Parameter(
                    value = "Only this host; all of them when left out",
                    pattern = "^[A-Za-z0-9][A-Za-z0-9.:_-]*$",
                    optional = true)
            @Nullable
            String hostName,

            @ServerName @Nullable String server)
            implements OnServer {}

    private static final String TYPE = "HostSystem";
    private static final String INTERFACES = "config.network.vnic";

    private static final Map<String, String> FIGURES = Map.of(
            "cpu_cores", "summary.hardware.numCpuCores",
            "core_mhz", "summary.hardware.cpuMhz",
            "memory_bytes", "summary.hardware.memorySize",
            "cpu_used_mhz", "summary.quickStats.overallCpuUsage",
            "memory_used_mb", "summary.quickStats.overallMemoryUsage");

    private static final Map<String, String> STATES = Map.of(
            "name", "name",
            "connection_state", "runtime.connectionState",
            "power_state", "runtime.powerState",
            "boot_time", "runtime.bootTime",
            "overall_status", "overallStatus",
            "product", "summary.config.product.fullName",
            "in_maintenance", "runtime.inMaintenanceMode");

    private static final ToolSpec<Parameters> SPEC = new ToolSpec<>(
            "host_status",
            "Shows hosts with their state, load and whether they are in maintenance, and notes them in the inventory",
            Parameters.class,
            Risk.READS,
            "",
            Duration.ofSeconds(15));

    private final Servers servers;
    private final NotedAssets assets;

    HostStatus(Servers servers, NotedAssets assets) {
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
                        .off(context, () -> seen(server.vim().in(HostStatus::hosts), parameters), Seen::nothing)
                        .call(seen -> assets.note("VMware", seen::sightings, context))
                        .map(Seen::result));
    }

    private static List<VimObject> hosts(VimSession session) {
        var paths = Stream.of(STATES.values().stream(), FIGURES.values().stream(), Stream.of(INTERFACES))
                .flatMap(Function.identity())
                .toList();
        return new Collector(session).all(Map.of(TYPE, paths));
    }

    private static Seen seen(List<VimObject> all, Parameters parameters) {
        var wanted = parameters.hostName();
        var hosts = all.stream()
                .filter(host -> wanted == null || host.text("name").equals(wanted))
                .toList();
        if (hosts.isEmpty() && wanted != null) {
            throw VimFailure.of(TARGET_NOT_FOUND, "There is no host " + wanted);
        }
        var sightings = hosts.stream().flatMap(host -> sighting(host).stream()).toList();
        return new Seen(told(hosts), sightings);
    }

    private static Optional<Sighting> sighting(VimObject host) {
        return Seen.sighting(
                AssetType.HYPERVISOR,
                host.text("name"),
                managementAddress(host),
                Map.of(
                        "power_state", host.text("runtime.powerState"),
                        "connection_state", host.text("runtime.connectionState"),
                        "product", host.text("summary.config.product.fullName")));
    }

    /** The first interface is the one that an installed host is managed by. */
    private static String managementAddress(VimObject host) {
        return host.value(INTERFACES).stream()
                .flatMap(all -> all.children().stream())
                .filter(nic -> nic.textOf("device").equals("vmk0"))
                .flatMap(nic -> nic.child("spec").stream())
                .flatMap(spec -> spec.child("ip").stream())
                .map(ip -> ip.textOf("ipAddress"))
                .findFirst()
                .orElse("");
    }

    private static ToolResult told(List<VimObject> hosts) {
        var shown = new ArrayNode(JsonNodeFactory.instance);
        hosts.forEach(host -> shown.add(shown(host)));
        var detail = JsonNodeFactory.instance.objectNode();
        detail.set("hosts", shown);
        var connected = hosts.stream()
                .filter(host -> host.text("runtime.connectionState").equals("connected"))
                .count();
        return new Done(hosts.size() + " hosts, " + connected + " of them connected", detail);
    }

    private static ObjectNode shown(VimObject host) {
        var shown = JsonNodeFactory.instance.objectNode();
        new TreeMap<>(STATES).forEach((state, path) -> shown.put(state, host.text(path)));
        new TreeMap<>(FIGURES)
                .forEach((figure, path) -> host.number(path).ifPresent(value -> shown.put(figure, value)));
        return shown;
    }
}
