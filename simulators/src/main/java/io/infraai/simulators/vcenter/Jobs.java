package io.infraai.simulators.vcenter;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.infraai.simulators.vcenter.Effect.What;

/** Methods that answer with a task, which does the work. */
final class Jobs {

    private final VcenterConfig config;
    private final Inventory inventory;
    private final Power power;
    private final Timers timers;

    Jobs(VcenterConfig config, Inventory inventory, Power power, Timers timers) {
        this.config = config;
        this.inventory = inventory;
        this.power = power;
        this.timers = timers;
    }

    String powerOn(String target, String user, OpenCall call) {
        var machine = inventory.machine(target);
        return start("VirtualMachine.powerOn", machine, () -> power.mustBe(machine, Machine.OFF), () -> {
            call.changed(What.POWERED_ON, machine.id());
            power.on(machine, user);
            return null;
        });
    }

    String powerOff(String target, String user, OpenCall call) {
        var machine = inventory.machine(target);
        return start("VirtualMachine.powerOff", machine, () -> power.mustBe(machine, Machine.ON), () -> {
            call.changed(What.POWERED_OFF, machine.id());
            power.off(machine, user);
            return null;
        });
    }

    String reset(String target, String user, OpenCall call) {
        var machine = inventory.machine(target);
        return start("VirtualMachine.reset", machine, () -> power.mustBe(machine, Machine.ON), () -> {
            call.changed(What.RESET, machine.id());
            power.reset(machine, user);
            return null;
        });
    }

    String createSnapshot(SoapRequest request, OpenCall call) {
        var machine = inventory.machine(request.target());
        return start("VirtualMachine.createSnapshot", machine, () -> {}, () -> {
            var snapshot = new Snapshot(
                    inventory.snapshotId(),
                    machine.snapshots.current(),
                    request.body().textOf("name"),
                    request.body().textOf("description"),
                    config.clock().instant());
            call.changed(What.SNAPSHOT_CREATED, snapshot.id());
            machine.snapshots.add(snapshot);
            return Property.reference("VirtualMachineSnapshot", snapshot.id());
        });
    }

    String removeSnapshot(String target, OpenCall call) {
        var machine = inventory.ownerOf(target).orElseThrow(() -> SoapFault.gone(target));
        var snapshot = machine.snapshots.find(target).orElseThrow();
        return start("vm.Snapshot.remove", machine, () -> {}, () -> {
            call.changed(What.SNAPSHOT_REMOVED, snapshot.id());
            machine.snapshots.remove(snapshot);
            return null;
        });
    }

    /** A vCenter refuses a wrong power state at once, a lone host in the task. */
    private String start(String what, Machine machine, Runnable check, Supplier<@Nullable Property> work) {
        if (machine.busy()) {
            throw new SoapFault("TaskInProgress", "The operation is not allowed: another task is already in progress.");
        }
        if (config.product() == Product.VCENTER) {
            check.run();
        }
        var job = inventory.addJob(what, machine, config.clock().instant());
        if (config.taskTakes().isZero()) {
            finish(job, check, work);
        } else {
            timers.after(config.taskTakes(), () -> finish(job, check, work));
        }
        return Markup.reference("returnval", "Task", job.id());
    }

    private static void finish(Job job, Runnable check, Supplier<@Nullable Property> work) {
        try {
            check.run();
            job.succeed(work.get());
        } catch (SoapFault fault) {
            job.fail(fault);
        }
    }
}
