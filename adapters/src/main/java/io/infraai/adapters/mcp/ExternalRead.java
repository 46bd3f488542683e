package io.infraai.adapters.mcp;

import io.smallrye.mutiny.Uni;

import io.infraai.contracts.tool.Tool;
import io.infraai.contracts.tool.ToolContext;
import io.infraai.contracts.tool.ToolResult;
import io.infraai.contracts.tool.ToolResult.Failed;
import io.infraai.contracts.tool.ToolSpec;

/** A tool of another server that an admin says only looks. */
final class ExternalRead implements Tool.Reading<ExternalArguments> {

    private final ExternalServer server;
    private final String tool;
    private final String name;

    ExternalRead(ExternalServer server, String tool, String name) {
        this.server = server;
        this.tool = tool;
        this.name = name;
    }

    @Override
    public ToolSpec<ExternalArguments> spec() {
        return server.spec(tool, name);
    }

    @Override
    public Uni<ToolResult> read(ExternalArguments parameters, ToolContext context) {
        return switch (server.standing(tool)) {
            case Standing.Accepted _ -> server.call(tool, parameters.json());
            case Standing.Refused(var reason, var why) -> Uni.createFrom().item(new Failed(reason, why));
        };
    }
}
