package io.infraai.adapters.vmware;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
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
class VmMetrics implements Tool.Reading<VmMetrics.Parameters> {

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
            "Shows how much CPU and memory a virtual machine uses now",
            Parameters.class,
            Risk.READS,
            "",
            Duration.ofSeconds(15));

    private final Vim vim;
    private final Machines machines;
    private final VmwareCalls calls;

    VmMetrics(Vim vim, Machines machines, VmwareCalls calls) {
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
            var read = vim.in(session -> new Collector(session).one(Machine.TYPE, id, List.copyOf(METRICS.values())));
            return told(parameters, read);
        });
    }

    private static ToolResult told(Parameters parameters, VimObject machine) {
        var detail = JsonNodeFactory.instance.objectNode().put("name", parameters.vmName());
        new TreeMap<>(METRICS)
                .forEach((metric, path) -> machine.number(path).ifPresent(value -> detail.put(metric, value)));
        var used = machine.number("summary.quickStats.overallCpuUsage");
        var limit = machine.number("runtime.maxCpuUsage").filter(most -> most > 0);
        if (used.isPresent() && limit.isPresent()) {
            detail.put("cpu_percent", Math.round(100.0 * used.get() / limit.get()));
        }
        return new Done("Metrics of virtual machine " + parameters.vmName(), detail);
    }
}
