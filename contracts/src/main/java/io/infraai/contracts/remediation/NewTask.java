package io.infraai.contracts.remediation;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

import io.infraai.contracts.tool.ToolKind;

/**
 * A task to be created.
 *
 * @param idempotencyKey unique within the tenant: the same key twice makes one task
 * @param targetKey canonical name of what it acts on; tasks with one target run one at a time in order
 * @param state the one it starts in: queued, awaiting approval or held
 * @param dryRun ends after the target was identified and described
 * @param episode whose end cancels it; absent for what a person asked for
 */
public record NewTask(
        String idempotencyKey,
        String targetKey,
        String tool,
        ToolKind kind,
        ObjectNode parameters,
        TaskState state,
        boolean dryRun,
        Duration maxAge,
        List<MetricCheck> guards,
        @Nullable UUID episode,
        OptionalLong policyId,
        int policyRevision,
        String requestedBy) {

    public NewTask {
        guards = List.copyOf(guards);
    }
}
