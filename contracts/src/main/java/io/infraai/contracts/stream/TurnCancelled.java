package io.infraai.contracts.stream;

import java.util.UUID;

import io.infraai.contracts.identity.TenantId;

/** The user wants a turn stopped; rung by the gateway, heard by every engine. */
public record TurnCancelled(TenantId tenant, UUID turnId) {}
