package io.infraai.contracts.stream;

import io.infraai.contracts.identity.TenantId;

/** A task may be due; rung by whoever queued it and by the worker's sweeper, heard by one worker. */
public record TaskRung(TenantId tenant, long taskId) {}
