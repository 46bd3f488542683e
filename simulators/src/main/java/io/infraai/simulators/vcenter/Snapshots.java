package io.infraai.simulators.vcenter;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The snapshots of one machine: a tree, the newest on top of the current one. */
final class Snapshots {

    private final List<Snapshot> all = new ArrayList<>();
    private String current = "";

    String current() {
        return current;
    }

    void add(Snapshot snapshot) {
        all.add(snapshot);
        current = snapshot.id();
    }

    Optional<Snapshot> find(String id) {
        return all.stream().filter(each -> each.id().equals(id)).findFirst();
    }

    /** What was taken on it moves to what it was taken on. */
    void remove(Snapshot removed) {
        all.remove(removed);
        all.replaceAll(each -> each.parent().equals(removed.id()) ? each.under(removed.parent()) : each);
        if (current.equals(removed.id())) {
            current = removed.parent();
        }
    }

    List<Snapshot> list() {
        return List.copyOf(all);
    }

    Optional<Property> property(Machine machine) {
        if (all.isEmpty()) {
            return Optional.empty();
        }
        var xml = new StringBuilder(Markup.reference("currentSnapshot", "VirtualMachineSnapshot", current));
        children("", machine)
                .forEach(tree -> xml.append("<rootSnapshotList>").append(tree).append("</rootSnapshotList>"));
        return Optional.of(new Property("VirtualMachineSnapshotInfo", xml.toString()));
    }

    private List<String> children(String parent, Machine machine) {
        return all.stream()
                .filter(each -> each.parent().equals(parent))
                .map(each -> tree(each, machine))
                .toList();
    }

    private String tree(Snapshot snapshot, Machine machine) {
        var xml = new StringBuilder(Markup.reference("snapshot", "VirtualMachineSnapshot", snapshot.id()))
                .append(Markup.reference("vm", machine.type(), machine.id()))
                .append(
                        "<name>%s</name><description>%s</description><createTime>%s</createTime><state>poweredOn</state>"
                                .formatted(
                                        Markup.escape(snapshot.name()),
                                        Markup.escape(snapshot.description()),
                                        snapshot.created()))
                .append("<quiesced>false</quiesced>");
        children(snapshot.id(), machine)
                .forEach(
                        child -> xml.append("<childSnapshotList>").append(child).append("</childSnapshotList>"));
        return xml.toString();
    }
}
