package io.infraai.persistence.tenancy;

import java.util.List;

import io.smallrye.mutiny.Uni;

import io.infraai.contracts.identity.TenantId;

/** The tenants there are. */
public interface Tenants {

    /** With the epoch of each one's newest policy change, so that a reader sees in one query who has news. */
    Uni<List<Tenant>> all();

    /** False when there is one of that name. */
    Uni<Boolean> create(TenantId tenant);

    record Tenant(TenantId id, long policyEpoch) {}
}
