package io.infraai.contracts.tool;

import java.time.Instant;

import io.infraai.contracts.identity.TenantId;

/**
 * On whose behalf and how long.
 *
 * @param correlationId the task's uid or the call's id; sent along to the platform where it has a place for it
 * @param deadline after which an answer is of no use
 */
public record ToolContext(TenantId tenant, String actor, String correlationId, Instant deadline) {}
