package io.infraai.contracts.tool;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.infraai.contracts.identity.TenantId;

/**
 * On whose behalf and how long.
 *
 * @param correlationId the task's uid or the call's id; sent along to the platform where it has a place for it
 * @param deadline after which an answer is of no use
 * @param traceparent the W3C trace context of what the call is made for; absent when nothing is traced
 */
public record ToolContext(
        TenantId tenant,
        String actor,
        String correlationId,
        Instant deadline,
        @Nullable String traceparent) {

    /** Of a call that is no part of a trace. */
    public ToolContext(TenantId tenant, String actor, String correlationId, Instant deadline) {
        this(tenant, actor, correlationId, deadline, null);
    }
}
