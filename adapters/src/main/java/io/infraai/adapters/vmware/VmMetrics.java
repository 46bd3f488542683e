package io.infraai.adapters.vmware;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

import io.infraai.adapters.tool.series.SeriesSummary;
import io.infraai.adapters.vmware.Performance.History;
import io.infraai.contracts.tool.Parameter;
import io.infraai.contracts.tool.Risk;
import io.infraai.contracts.tool.Tool;
import io.infraai.contracts.tool.ToolContext;
import io.infraai.contracts.tool.ToolResult;
import io.infraai.contracts.tool.ToolResult.Done;
import io.infraai.contracts.tool.ToolSpec;

@ApplicationScoped
class VmMetrics implements Tool.Reading<VmMetrics.Parameters> {

    record Parameters(
            @VmName String vmName,
            @InFolder @Nullable String folder,

            @Parameter(
                    value = "How many minutes to look back; 60 when left out",
                    min = 1,
                    max = MOST_MINUTES,
                    optional = true,
                    defaultValue = "60")
            @Nullable
            Integer minutes,

            @ServerName @Nullable String server)
            implements NamesMachine {

        Duration length() {
            return Duration.ofMinutes(minutes == null ? DEFAULT_MINUTES : Math.clamp(minutes, 1, MOST_MINUTES));
        }
    }

    private static final int DEFAULT_MINUTES = 60;
    private static final int MOST_MINUTES = 43_200;

    /** The server's own averages over the last seconds, by what they are called here. */
    private static final Map<String, String> METRICS = Map.of(
            "cpu_mhz", "summary.quickStats.overallCpuUsage",
            "cpu_limit_mhz", "runtime.maxCpuUsage",
            "guest_memory_mb", "summary.quickStats.guestMemoryUsage",
            "host_memory_mb", "summary.quickStats.hostMemoryUsage",
            "ballooned_memory_mb", "summary.quickStats.balloonedMemory",
            "swapped_memory_mb", "summary.quickStats.swappedMemory",
            "configured_memory_mb", "config.hardware.memoryMB",
            "uptime_seconds", "summary.quickStats.uptimeSeconds");

    private static final ToolSpec<Parameters> SPEC = new ToolSpec<>(
            "vm_metrics",
            "Shows how much CPU, memory, disk and network a virtual machine uses: now, and over time the lowest, highest,"
                    + " latest and average value, the trend and a sparkline",
            Parameters.class,
            Risk.READS,
            "",
            Duration.ofSeconds(20));

    private final Servers servers;

    VmMetrics(Servers servers) {
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
            return server.vim().in(session -> {
                var now = new Collector(session).one(Machine.TYPE, id, List.copyOf(METRICS.values()));
                return told(parameters, now, server.performance().of(session, id, parameters.length()));
            });
        });
    }

    private static ToolResult told(Parameters parameters, VimObject machine, Optional<History> history) {
        var detail = JsonNodeFactory.instance.objectNode().put("name", parameters.vmName());
        new TreeMap<>(METRICS)
                .forEach((metric, path) -> machine.number(path).ifPresent(value -> detail.put(metric, value)));
        var used = machine.number("summary.quickStats.overallCpuUsage");
        var limit = machine.number("runtime.maxCpuUsage").filter(most -> most > 0);
        if (used.isPresent() && limit.isPresent()) {
            detail.put("cpu_percent", Math.round(100.0 * used.get() / limit.get()));
        }
        history.ifPresent(measured -> put(measured, detail));
        return new Done("Metrics of virtual machine " + parameters.vmName() + over(parameters, history), detail);
    }

    private static void put(History history, ObjectNode detail) {
        detail.put("interval_seconds", history.interval().toSeconds());
        var series = detail.putArray("series");
        new TreeMap<>(history.series())
                .forEach((metric, samples) -> series.add(SeriesSummary.of(
                        JsonNodeFactory.instance.objectNode().put("metric", metric),
                        samples,
                        history.begin().toEpochMilli() / 1_000.0,
                        history.end().toEpochMilli() / 1_000.0)));
    }

    private static String over(Parameters parameters, Optional<History> history) {
        var minutes = parameters.length().toMinutes();
        return history.isPresent()
                ? " now and over " + minutes + " minutes"
                : " now; the server keeps no samples of its last " + minutes + " minutes";
    }
}
