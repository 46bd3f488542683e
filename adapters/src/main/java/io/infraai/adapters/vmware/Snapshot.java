package io.infraai.adapters.vmware;

import java.util.ArrayList;
import java.util.List;

/**
 * A snapshot of a machine.
 *
 * @param parent the name of the one that it was taken on; empty for the first
 * @param created as the server writes it
 */
record Snapshot(String id, String name, String description, String created, String parent, boolean current) {

    static final String TYPE = "VirtualMachineSnapshot";

    /** All of a machine, those below after what they were taken on. */
    static List<Snapshot> of(VimSession session, String machine) {
        var found = new ArrayList<Snapshot>();
        new Collector(session)
                .one(Machine.TYPE, machine, List.of("snapshot"))
                .value("snapshot")
                .ifPresent(tree -> {
                    var current = tree.textOf("currentSnapshot");
                    tree.children("rootSnapshotList").forEach(root -> collect(root, "", current, found));
                });
        return found;
    }

    private static void collect(Xml tree, String parent, String current, List<Snapshot> found) {
        var id = tree.textOf("snapshot");
        var name = tree.textOf("name");
        found.add(new Snapshot(
                id, name, tree.textOf("description"), tree.textOf("createTime"), parent, id.equals(current)));
        tree.children("childSnapshotList").forEach(child -> collect(child, name, current, found));
    }
}
