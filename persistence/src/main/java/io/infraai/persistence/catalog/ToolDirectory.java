package io.infraai.persistence.catalog;

import java.time.Duration;
import java.util.List;

import io.smallrye.mutiny.Uni;

import io.infraai.contracts.tool.ToolDescription;

/** The tools that some worker or engine can run; the same for all tenants. These write it, gateway and healing read it. */
public interface ToolDirectory {

    /** How long a tool is known after the last instance that offered it has renewed it. Several renewals fit into it. */
    Duration KEPT = Duration.ofMinutes(5);

    /**
     * Makes these known, in place of earlier descriptions of the same names, or renews them. Others of the service are
     * withdrawn only {@link #KEPT} after their last renewal, measured by its settled renewals and not by the clock: instances may
     * offer different tools for a while, and nothing is forgotten while all are away or have just begun.
     *
     * @param service which kind of service says so, such as {@code worker}
     * @param settled whether this instance has run for long enough to know all that it offers
     */
    Uni<Void> advertise(String service, boolean settled, List<ToolDescription> tools);

    Uni<Catalogue> all();
}
