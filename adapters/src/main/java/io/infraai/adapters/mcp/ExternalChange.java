package io.infraai.adapters.mcp;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import io.smallrye.mutiny.Uni;

import io.infraai.contracts.tool.FailureReason;
import io.infraai.contracts.tool.Settlement;
import io.infraai.contracts.tool.Tool;
import io.infraai.contracts.tool.ToolContext;
import io.infraai.contracts.tool.ToolResult;
import io.infraai.contracts.tool.ToolResult.Failed;
import io.infraai.contracts.tool.ToolSpec;

/**
 * A tool of another server. The protocol has no precondition and no way to ask what became of a call, so it is sent at most
 * once, and when its answer is lost a person decides.
 */
final class ExternalChange implements Tool.OneShot<ExternalArguments, ExternalTarget> {

    private static final int REMEMBERED = 1_000;

    private final ExternalServer server;
    private final String tool;
    private final String name;
    private final Set<String> neverArrived =
            Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>() {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                    return size() > REMEMBERED;
                }
            }));

    ExternalChange(ExternalServer server, String tool, String name) {
        this.server = server;
        this.tool = tool;
        this.name = name;
    }

    @Override
    public ToolSpec<ExternalArguments> spec() {
        return server.spec(tool, name);
    }

    @Override
    public Class<ExternalTarget> identity() {
        return ExternalTarget.class;
    }

    @Override
    public Uni<Identified<ExternalTarget>> identify(ExternalArguments parameters, ToolContext context) {
        return Uni.createFrom()
                .item(
                        switch (server.standing(tool)) {
                            case Standing.Accepted(var offer) ->
                                new Identified.Found<>(new ExternalTarget(server.name(), tool, offer.pin()));
                            case Standing.Refused(var reason, var why) -> Identified.NotFound.because(reason, why);
                        });
    }

    @Override
    public String describe(ExternalArguments parameters, ExternalTarget target) {
        return "Call " + target.tool() + " of the MCP server " + target.server() + " with "
                + ResultText.cut(parameters.json().toString(), 500);
    }

    @Override
    public Uni<ToolResult> fire(ExternalArguments parameters, ExternalTarget target, ToolContext context) {
        var sent = switch (server.standing(tool)) {
            case Standing.Accepted(var offer)
            when offer.pin().equals(target.pin()) -> server.call(tool, parameters.json());
            case Standing.Accepted _ -> failed(FailureReason.TARGET_CHANGED, "The tool is another than was chosen");
            case Standing.Refused(var reason, var why) -> failed(reason, why);
        };
        return sent.invoke(result -> remember(result, context));
    }

    @Override
    public Uni<Settlement> settle(ExternalArguments parameters, ExternalTarget target, ToolContext context) {
        return Uni.createFrom()
                .item(
                        neverArrived.contains(context.correlationId())
                                ? new Settlement.NeverHappened("the server was not reached")
                                : new Settlement.StillUnknown("an MCP server can't be asked what became of a call"));
    }

    private void remember(ToolResult result, ToolContext context) {
        if (result instanceof Failed failed && !failed.reason().mayHaveHappened()) {
            neverArrived.add(context.correlationId());
        }
    }

    private static Uni<ToolResult> failed(FailureReason reason, String why) {
        return Uni.createFrom().item(new Failed(reason, why));
    }
}
