package io.infraai.adapters.vmware;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.jspecify.annotations.Nullable;

import io.infraai.contracts.tool.Rehearsal;

import static io.infraai.contracts.tool.FailureReason.REFUSED_FOR_NOW;

/**
 * A virtual machine as it is now.
 *
 * @param uuid given by the server: a copy, or one that was registered anew, has another
 * @param bootTime null while it is off
 */
record Machine(
        String id, String uuid, String power, @Nullable Instant bootTime, boolean toolsRun) {

    static final String TYPE = "VirtualMachine";
    static final String ON = "poweredOn";
    static final String OFF = "poweredOff";

    /** The same, and on some servers the only one that is told. */
    static final String SUMMARISED_BOOT_TIME = "summary.runtime.bootTime";

    static final List<String> PATHS = List.of(
            "config.instanceUuid",
            "runtime.powerState",
            "runtime.connectionState",
            "runtime.bootTime",
            SUMMARISED_BOOT_TIME,
            "guest.toolsRunningStatus");

    static Machine of(VimObject read) {
        var uuid = read.text("config.instanceUuid");
        var power = read.text("runtime.powerState");
        if (uuid.isEmpty() || power.isEmpty()) {
            throw VimFailure.of(
                    REFUSED_FOR_NOW,
                    "What the machine is can't be read now; it is " + read.text("runtime.connectionState"));
        }
        return new Machine(
                read.id(),
                uuid,
                power,
                read.time("runtime.bootTime")
                        .or(() -> read.time(SUMMARISED_BOOT_TIME))
                        .orElse(null),
                "guestToolsRunning".equals(read.text("guest.toolsRunningStatus")));
    }

    /** For whoever is asked about a change to it; vSphere has no dry run. */
    Rehearsal.Possible rehearsed() {
        return new Rehearsal.Possible(
                Optional.empty(),
                JsonNodeFactory.instance
                        .objectNode()
                        .put("object", "virtual machine " + id)
                        .put("power_state", power)
                        .put("boot_time", bootTime == null ? "" : bootTime.toString())
                        .put("tools_running", toolsRun));
    }

    boolean on() {
        return power.equals(ON);
    }

    boolean off() {
        return power.equals(OFF);
    }
}
