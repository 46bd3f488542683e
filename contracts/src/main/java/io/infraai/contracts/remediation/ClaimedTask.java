package io.infraai.contracts.remediation;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

import io.infraai.contracts.identity.TenantId;
import io.infraai.contracts.tool.ToolKind;

/**
 * A task that one worker holds for as long as its lease lasts.
 *
 * @param fence grows with every claim: whoever holds an older one writes nothing any more
 * @param mustAsk people must agree to it and weren't asked yet: the target is looked up and nothing is done
 * @param approvedTarget the target that people agreed to: acted on in place of a new look-up
 * @param intent the target as the first try identified it; present means that it may have been called
 * @param attempt this try's number, from 1
 * @param age since it was created
 * @param traceparent the W3C trace context that it was created in; absent when that wasn't traced
 * @param takenOver from a worker whose lease ran out
 * @param mayAct false when it is too old, paused, cancelled or its alert has resolved: then it is only settled
 */
public record ClaimedTask(
        TenantId tenant,
        long taskId,
        UUID uid,
        long fence,
        String tool,
        ToolKind kind,
        String targetKey,
        JsonNode parameters,
        boolean mustAsk,
        Optional<JsonNode> approvedTarget,
        Optional<JsonNode> intent,
        int attempt,
        int crashes,
        boolean takenOver,
        boolean mayAct,
        boolean dryRun,
        List<MetricCheck> guards,
        String requestedBy,
        Duration age,
        @Nullable String traceparent) {}
