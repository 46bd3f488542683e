package io.infraai.simulators.vcenter;

import java.time.Instant;

/**
 * A snapshot of a machine.
 *
 * @param parent the id of the snapshot it was taken on; empty for the first
 */
public record Snapshot(String id, String parent, String name, String description, Instant created) {

    Snapshot under(String newParent) {
        return new Snapshot(id, newParent, name, description, created);
    }
}
