package io.infraai.simulators.vcenter;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** All objects by id. Whoever touches it, or what is in it, holds its lock. */
final class Inventory {

    private final Map<String, Managed> objects = new LinkedHashMap<>();
    private final Product product;
    private int numbers = 100;

    final EventHistory events = new EventHistory();

    Inventory(Product product, Instant now) {
        this.product = product;
        add(new Managed.Counters(performanceManager()));
        switch (product) {
            case VCENTER -> vcenter(now);
            case ESXI -> host(now);
        }
    }

    String root() {
        return switch (product) {
            case VCENTER -> "group-d1";
            case ESXI -> "ha-folder-root";
        };
    }

    String performanceManager() {
        return switch (product) {
            case VCENTER -> "PerfMgr";
            case ESXI -> "ha-perfmgr";
        };
    }

    Managed get(String id) {
        var found = objects.get(id);
        if (found == null) {
            throw SoapFault.gone(id);
        }
        return found;
    }

    Machine machine(String id) {
        if (get(id) instanceof Machine machine) {
            return machine;
        }
        throw SoapFault.gone(id);
    }

    List<Managed> all() {
        return List.copyOf(objects.values());
    }

    List<Machine> machines() {
        var found = new ArrayList<Machine>();
        for (var object : objects.values()) {
            if (object instanceof Machine machine) {
                found.add(machine);
            }
        }
        return found;
    }

    /** @throws IllegalArgumentException when there is none */
    Machine named(String name) {
        return machines().stream()
                .filter(machine -> machine.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no machine " + name));
    }

    Optional<Machine> ownerOf(String snapshot) {
        return machines().stream()
                .filter(machine -> machine.snapshots.find(snapshot).isPresent())
                .findFirst();
    }

    Machine add(MachineSpec spec, Optional<Instant> bootTime) {
        var number = Integer.toString(++numbers);
        var id = product == Product.VCENTER ? "vm-" + number : number;
        var uuid = UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8)).toString();
        var machine = new Machine(id, uuid, spec);
        bootTime.ifPresent(time -> {
            machine.power = Machine.ON;
            machine.toolsRun = spec.tools();
            machine.bootTime = time;
        });
        objects.put(id, machine);
        return machine;
    }

    void remove(String id) {
        objects.remove(id);
    }

    Job addJob(String what, Machine machine, Instant now) {
        var id = "task-" + ++numbers;
        var job = new Job(product == Product.VCENTER ? id : "haTask-" + id, what, machine, now);
        objects.put(job.id(), job);
        machine.recent.add(job);
        return job;
    }

    String snapshotId() {
        return "snapshot-" + ++numbers;
    }

    private void vcenter(Instant now) {
        place("Folder", "group-d1", "Datacenters", "");
        place("Datacenter", "datacenter-2", "DC0", "group-d1");
        place("Folder", "group-v3", "vm", "datacenter-2");
        place("Folder", "group-h4", "host", "datacenter-2");
        place("Folder", "group-v5", "web", "group-v3");
        place("Folder", "group-v6", "data", "group-v3");
        for (var number : List.of("11", "12")) {
            add(new Host(
                    "host-" + number,
                    "esx-" + number + ".example.com",
                    "group-h4",
                    "10.0.1." + number,
                    now.minusSeconds(864_000)));
        }
        var up = Optional.of(now.minusSeconds(86_400));
        add(new MachineSpec("web-01", "group-v5", "host-11", true, false), up);
        add(new MachineSpec("web-02", "group-v5", "host-12", true, false), up);
        add(new MachineSpec("db-01", "group-v6", "host-11", true, false), up);
        add(new MachineSpec("legacy-01", "group-v6", "host-12", false, false), up);
        add(new MachineSpec("batch-01", "group-v3", "host-12", true, false), Optional.empty());
        add(new MachineSpec("golden-image", "group-v3", "host-11", true, true), Optional.empty());
    }

    private void host(Instant now) {
        place("Folder", "ha-folder-root", "ha-folder-root", "");
        place("Datacenter", "ha-datacenter", "ha-datacenter", "ha-folder-root");
        place("Folder", "ha-folder-vm", "vm", "ha-datacenter");
        place("Folder", "ha-folder-host", "host", "ha-datacenter");
        add(new Host("ha-host", "localhost.localdomain", "ha-folder-host", "10.0.1.21", now.minusSeconds(864_000)));
        var up = Optional.of(now.minusSeconds(86_400));
        add(new MachineSpec("web-01", "ha-folder-vm", "ha-host", true, false), up);
        add(new MachineSpec("batch-01", "ha-folder-vm", "ha-host", true, false), Optional.empty());
    }

    private void place(String type, String id, String name, String parent) {
        add(new Managed.Place(type, id, name, parent));
    }

    private void add(Managed object) {
        objects.put(object.id(), object);
    }
}
