package io.infraai.contracts.stream;

import io.infraai.contracts.identity.TenantId;
import io.infraai.contracts.remediation.TaskState;

/** A task has ended; rung by the worker, heard by every gateway and engine. */
public record RemediationFinished(TenantId tenant, long taskId, TaskState state) {}
