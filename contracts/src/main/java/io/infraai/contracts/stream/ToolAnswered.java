package io.infraai.contracts.stream;

import io.infraai.contracts.identity.TenantId;
import io.infraai.contracts.tool.ToolResult;

/** The answer to a {@link ToolCalled}; rung by the engine on the stream the caller named. */
public record ToolAnswered(TenantId tenant, String callId, ToolResult result) {}
