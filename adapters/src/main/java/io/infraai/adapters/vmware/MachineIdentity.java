package io.infraai.adapters.vmware;

import java.time.Instant;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * A machine in one of its lives.
 *
 * @param bootTime when it was looked at; null if it was off
 * @param asOf when that was, by the server's clock
 */
record MachineIdentity(
        String moref, String instanceUuid, @Nullable Instant bootTime, String powerState, Instant asOf) {

    static MachineIdentity of(Machine machine, Instant asOf) {
        return new MachineIdentity(machine.id(), machine.uuid(), machine.bootTime(), machine.power(), asOf);
    }

    /** Whether it has neither been started, stopped nor restarted since. */
    boolean sameLifeAs(Machine machine) {
        return powerState.equals(machine.power()) && Objects.equals(bootTime, machine.bootTime());
    }
}
