package io.infraai.persistence.catalog;

import java.util.List;

import io.smallrye.mutiny.Uni;

import io.infraai.contracts.tool.ToolDescription;

/** The tools that some worker can run; the same for all tenants. Workers write it, gateway and healing read it. */
public interface ToolDirectory {

    /** Makes these known, in place of earlier descriptions of the same names. */
    Uni<Void> advertise(List<ToolDescription> tools);

    Uni<List<ToolDescription>> all();
}
