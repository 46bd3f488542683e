package io.infraai.contracts.stream;

import io.infraai.contracts.identity.TenantId;

/** A tenant's policies were changed, or it was paused or resumed; rung by the gateway, heard by every healing instance. */
public record PoliciesChanged(TenantId tenant) {}
