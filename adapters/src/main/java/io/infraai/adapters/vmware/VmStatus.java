package io.infraai.adapters.vmware;

import java.time.Duration;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

import io.infraai.contracts.tool.Risk;
import io.infraai.contracts.tool.Tool;
import io.infraai.contracts.tool.ToolContext;
import io.infraai.contracts.tool.ToolResult;
import io.infraai.contracts.tool.ToolResult.Done;
import io.infraai.contracts.tool.ToolSpec;

@ApplicationScoped
class VmStatus implements Tool.Reading<VmStatus.Parameters> {

    record Parameters(
            @VmName String vmName,
            @InFolder @Nullable String folder,
            @ServerName @Nullable String server) implements NamesMachine {}

    private static final List<String> PATHS = List.of(
            "overallStatus",
            "runtime.powerState",
            "runtime.connectionState",
            "runtime.bootTime",
            Machine.SUMMARISED_BOOT_TIME,
            "runtime.host",
            "runtime.question",
            "guest.toolsRunningStatus",
            "guest.ipAddress",
            "guest.hostName",
            "config.guestFullName",
            "config.hardware.numCPU",
            "config.hardware.memoryMB",
            "snapshot");

    private static final ToolSpec<Parameters> SPEC = new ToolSpec<>(
            "vm_status",
            "Shows what a virtual machine is doing: power, boot time, tools, guest address, snapshots, pending question",
            Parameters.class,
            Risk.READS,
            "",
            Duration.ofSeconds(15));

    private final Servers servers;

    VmStatus(Servers servers) {
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
                var collector = new Collector(session);
                var machine = collector.one(Machine.TYPE, id, PATHS);
                var host = machine.text("runtime.host");
                return told(parameters, machine, host.isEmpty() ? "" : hostName(collector, host));
            });
        });
    }

    private static String hostName(Collector collector, String id) {
        return collector.one("HostSystem", id, List.of("name")).text("name");
    }

    private static String bootTime(VimObject machine) {
        var runtime = machine.text("runtime.bootTime");
        return runtime.isEmpty() ? machine.text(Machine.SUMMARISED_BOOT_TIME) : runtime;
    }

    private static ToolResult told(Parameters parameters, VimObject machine, String host) {
        var power = machine.text("runtime.powerState");
        var detail = JsonNodeFactory.instance
                .objectNode()
                .put("name", parameters.vmName())
                .put("id", machine.id())
                .put("power_state", power)
                .put("connection_state", machine.text("runtime.connectionState"))
                .put("boot_time", bootTime(machine))
                .put("host", host)
                .put("overall_status", machine.text("overallStatus"))
                .put("tools_running", machine.text("guest.toolsRunningStatus").equals("guestToolsRunning"))
                .put("guest", machine.text("config.guestFullName"))
                .put("ip_address", machine.text("guest.ipAddress"))
                .put("host_name", machine.text("guest.hostName"))
                .put("has_snapshots", machine.value("snapshot").isPresent());
        machine.number("config.hardware.numCPU").ifPresent(cpus -> detail.put("cpus", cpus));
        machine.number("config.hardware.memoryMB").ifPresent(memory -> detail.put("memory_mb", memory));
        machine.value("runtime.question").ifPresent(question -> detail.put("question", question.textOf("text")));
        return new Done("Virtual machine " + parameters.vmName() + " is " + power, detail);
    }
}
