package io.infraai.contracts.tool;

import java.time.Duration;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A tool as workers advertise it, so that services without infrastructure clients know what can be asked for.
 *
 * @param inputSchema JSON schema (2020-12) of its arguments
 * @param target see {@link ToolSpec#target()}
 */
public record ToolDescription(
        String name,
        String description,
        ToolKind kind,
        Risk risk,
        String target,
        Duration timeout,
        JsonNode inputSchema) {

    public static ToolDescription of(Tool<?> tool) {
        var spec = tool.spec();
        var kind = switch (tool) {
            case Tool.Reading<?> _ -> ToolKind.READING;
            case Tool.Guarded<?, ?> _ -> ToolKind.GUARDED;
            case Tool.OneShot<?, ?> _ -> ToolKind.ONE_SHOT;
        };
        return new ToolDescription(
                spec.name(), spec.description(), kind, spec.risk(), spec.target(), spec.timeout(), spec.inputSchema());
    }
}
