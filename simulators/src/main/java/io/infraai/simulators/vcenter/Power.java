package io.infraai.simulators.vcenter;

import java.time.InstantSource;

/** Turns machines on and off; a guest needs its time to come up and to go down. */
final class Power {

    private final VcenterConfig config;
    private final Inventory inventory;
    private final Timers timers;
    private final InstantSource clock;

    Power(VcenterConfig config, Inventory inventory, Timers timers) {
        this.config = config;
        this.inventory = inventory;
        this.timers = timers;
        this.clock = config.clock();
    }

    void mustBe(Machine machine, String power) {
        if (machine.template()) {
            throw new SoapFault("NotSupported", "A template has no power");
        }
        if (!machine.power.equals(power)) {
            throw SoapFault.powerState(machine.power);
        }
    }

    void mustRunTools(Machine machine) {
        mustBe(machine, Machine.ON);
        if (!machine.toolsRun) {
            throw new SoapFault("ToolsUnavailable", "Cannot complete operation because VMware Tools is not running");
        }
    }

    void on(Machine machine, String user) {
        machine.power = Machine.ON;
        event("VmPoweredOnEvent", machine, user, " is powered on");
        boot(machine);
    }

    void off(Machine machine, String user) {
        machine.life++;
        machine.power = Machine.OFF;
        machine.toolsRun = false;
        machine.goingDown = false;
        machine.bootTime = null;
        event("VmPoweredOffEvent", machine, user, " is powered off");
    }

    void reset(Machine machine, String user) {
        event("VmResettingEvent", machine, user, " is reset");
        boot(machine);
    }

    /** The guest goes down first: until then nothing but an event shows that it was asked. */
    void rebootGuest(Machine machine, String user) {
        event("VmGuestRebootEvent", machine, user, " guest OS is asked to reboot");
        var life = ++machine.life;
        timers.after(config.bootAfter(), () -> {
            if (machine.life == life) {
                boot(machine);
            }
        });
    }

    /** @return whether it wasn't going down before */
    boolean shutDownGuest(Machine machine, String user) {
        if (machine.goingDown) {
            return false;
        }
        machine.goingDown = true;
        event("VmGuestShutdownEvent", machine, user, " guest OS is asked to shut down");
        var life = ++machine.life;
        timers.after(config.bootAfter(), () -> {
            if (machine.life == life) {
                off(machine, "");
            }
        });
        return true;
    }

    private void boot(Machine machine) {
        var life = ++machine.life;
        machine.bootTime = clock.instant();
        machine.toolsRun = false;
        machine.goingDown = false;
        timers.after(config.bootAfter(), () -> {
            if (machine.life == life) {
                machine.toolsRun = machine.toolsInstalled;
            }
        });
    }

    private void event(String type, Machine machine, String user, String what) {
        inventory.events.record(type, machine, user, machine.name() + what, clock.instant());
    }
}
