package io.infraai.simulators.vcenter;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/** A virtual machine. Touched only under the inventory's lock. */
final class Machine implements Managed {

    static final String ON = "poweredOn";
    static final String OFF = "poweredOff";

    private final MachineSpec spec;
    private final String id;
    private final String uuid;
    final Snapshots snapshots = new Snapshots();
    final List<Job> recent = new ArrayList<>();
    String power = OFF;
    boolean toolsRun;
    boolean toolsInstalled;
    boolean goingDown;

    /** Some servers tell the boot time in the summary alone. */
    boolean summarised;

    @Nullable
    Instant bootTime;

    /** Counts the power changes, so that a boot that was overtaken doesn't end. */
    int life;

    Machine(String id, String uuid, MachineSpec spec) {
        this.id = id;
        this.uuid = uuid;
        this.spec = spec;
        this.toolsInstalled = spec.tools();
    }

    @Override
    public String type() {
        return "VirtualMachine";
    }

    @Override
    public String id() {
        return id;
    }

    String name() {
        return spec.name();
    }

    String uuid() {
        return uuid;
    }

    boolean template() {
        return spec.template();
    }

    boolean busy() {
        return recent.stream().anyMatch(Job::running);
    }

    Property.Sheet sheet(Instant now) {
        return sheet().with("summary.quickStats.uptimeSeconds", Property.number(uptime(now)));
    }

    @Override
    public Property.Sheet sheet() {
        var on = power.equals(ON);
        return new Property.Sheet()
                .with("name", Property.text(spec.name()))
                .with("parent", Property.reference("Folder", spec.folder()))
                .with("overallStatus", Property.word("ManagedEntityStatus", "green"))
                .with("config.template", Property.flag(spec.template()))
                .with("config.instanceUuid", Property.text(uuid))
                .with("config.guestFullName", Property.text("Debian GNU/Linux 12 (64-bit)"))
                .with("config.hardware.numCPU", Property.number(2))
                .with("config.hardware.memoryMB", Property.number(4_096))
                .with("runtime.powerState", Property.word("VirtualMachinePowerState", power))
                .with("runtime.connectionState", Property.word("VirtualMachineConnectionState", "connected"))
                .with("runtime.host", Property.reference("HostSystem", spec.host()))
                .withTime("runtime.bootTime", summarised ? null : bootTime)
                .withTime("summary.runtime.bootTime", bootTime)
                .with("runtime.question", Optional.empty())
                .with("runtime.maxCpuUsage", Property.number(5_200))
                .with(
                        "guest.toolsRunningStatus",
                        Property.text(toolsRun ? "guestToolsRunning" : "guestToolsNotRunning"))
                .with("guest.ipAddress", toolsRun ? Optional.of(Property.text("10.0.0.7")) : Optional.empty())
                .with("guest.hostName", toolsRun ? Optional.of(Property.text(spec.name())) : Optional.empty())
                .with("snapshot", snapshots.property(this))
                .with("recentTask", recentTasks())
                .with("summary.quickStats.overallCpuUsage", Property.number(on ? 1_300 : 0))
                .with("summary.quickStats.guestMemoryUsage", Property.number(on ? 1_024 : 0))
                .with("summary.quickStats.hostMemoryUsage", Property.number(on ? 2_048 : 0))
                .with("summary.quickStats.balloonedMemory", Property.number(0))
                .with("summary.quickStats.swappedMemory", Property.number(0));
    }

    private long uptime(Instant now) {
        return bootTime == null ? 0 : Duration.between(bootTime, now).toSeconds();
    }

    private Optional<Property> recentTasks() {
        var references = new StringBuilder();
        recent.forEach(job -> references.append(Markup.reference("ManagedObjectReference", "Task", job.id())));
        return Optional.of(new Property("ArrayOfManagedObjectReference", references.toString()));
    }
}
