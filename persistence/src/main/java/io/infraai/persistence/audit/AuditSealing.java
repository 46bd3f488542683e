package io.infraai.persistence.audit;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.smallrye.mutiny.Uni;

import io.infraai.contracts.audit.AuditHead;
import io.infraai.contracts.identity.TenantId;

/**
 * Puts entries into their tenant's chain, some time after they were written; for workers. Any number of processes may do it: of
 * one tenant one at a time.
 */
public interface AuditSealing {

    /** Tenants with entries that aren't in the chain; crosses tenants. */
    Uni<List<Backlog>> backlog();

    /** Adds a block to the chain; empty when nothing can be added now, or another process does. */
    Uni<Optional<Sealed>> seal(TenantId tenant);

    /**
     * @param age of the oldest such entry
     */
    record Backlog(TenantId tenant, Duration age) {}

    /**
     * @param head the chain's, from now on
     * @param full whether there may be more to seal
     */
    record Sealed(AuditHead head, boolean full) {}
}
