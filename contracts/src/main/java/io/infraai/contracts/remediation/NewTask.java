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
 * @param approvals people who must agree once a worker has found the target, and before anything is done to it; 0 for none
 * @param dryRun ends after the target was identified and described
 * @param episode whose end cancels it; absent for what a person asked for
 * @param followUp absent when nobody looks whether it helped
 * @param traceparent the W3C trace context that its attempts belong to; absent when nothing is traced
 */
public record NewTask(
        String idempotencyKey,
        String targetKey,
        String tool,
        ToolKind kind,
        ObjectNode parameters,
        int approvals,
        boolean dryRun,
        Duration maxAge,
        List<MetricCheck> guards,
        @Nullable FollowUp followUp,
        @Nullable UUID episode,
        OptionalLong policyId,
        int policyRevision,
        String requestedBy,
        @Nullable String traceparent) {

    private static final int MOST_APPROVALS = 2;

    public NewTask {
        if (approvals < 0 || approvals > MOST_APPROVALS) {
            throw new IllegalArgumentException("A task needs 0 to " + MOST_APPROVALS + " approvals, not " + approvals);
        }
        if (approvals > 0 && (kind == ToolKind.READING || dryRun)) {
            throw new IllegalArgumentException("Nobody is asked before " + tool + " only looks");
        }
        guards = List.copyOf(guards);
    }
}
