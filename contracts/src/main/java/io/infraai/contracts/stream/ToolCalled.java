package io.infraai.contracts.stream;

import java.time.Instant;

import com.fasterxml.jackson.databind.JsonNode;

import io.infraai.contracts.identity.TenantId;

/**
 * Someone waits for a reading tool's answer; rung by the gateway, which has no infrastructure clients, heard by one engine.
 *
 * @param callId correlates the {@link ToolAnswered}
 * @param replyTo the stream to answer on
 * @param deadline after which nobody waits any more
 */
public record ToolCalled(
        TenantId tenant,
        String callId,
        String replyTo,
        String tool,
        JsonNode arguments,
        String actor,
        Instant deadline) {}
