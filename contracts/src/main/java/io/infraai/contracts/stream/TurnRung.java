package io.infraai.contracts.stream;

import java.util.UUID;

import io.infraai.contracts.identity.TenantId;

/** A turn wants an engine; rung by the gateway after COMMIT and by the engine's sweeper, heard by one engine. */
public record TurnRung(TenantId tenant, UUID turnId) {}
