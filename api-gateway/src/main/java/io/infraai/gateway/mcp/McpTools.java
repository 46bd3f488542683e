package io.infraai.gateway.mcp;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkiverse.mcp.server.JsonRpcErrorCodes;
import io.quarkiverse.mcp.server.McpException;
import io.quarkiverse.mcp.server.MetaKey;
import io.quarkiverse.mcp.server.TextContent;
import io.quarkiverse.mcp.server.ToolManager;
import io.quarkiverse.mcp.server.ToolManager.ToolAnnotations;
import io.quarkiverse.mcp.server.ToolManager.ToolArguments;
import io.quarkiverse.mcp.server.ToolResponse;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

import io.infraai.contracts.remediation.TaskState;
import io.infraai.contracts.tool.Risk;
import io.infraai.contracts.tool.ToolDescription;
import io.infraai.contracts.tool.ToolKind;
import io.infraai.contracts.tool.ToolResult;
import io.infraai.gateway.problem.Problem;
import io.infraai.gateway.problem.ProblemException;
import io.infraai.gateway.security.Caller;
import io.infraai.gateway.tools.KnownTools;
import io.infraai.gateway.tools.ToolCalls;
import io.infraai.gateway.tools.ToolOutcome;
import io.infraai.gateway.tools.ToolWish;
import io.infraai.persistence.tenancy.StoreUnavailable;

/** Offers the advertised tools to MCP clients. A call takes the same way as one over REST. */
@ApplicationScoped
class McpTools {

    private static final MetaKey DRY_RUN = MetaKey.from("io.infraai/dry_run");
    private static final MetaKey IDEMPOTENCY_KEY = MetaKey.from("io.infraai/idempotency_key");

    private final ToolManager offered;
    private final KnownTools known;
    private final ToolCalls calls;
    private final Caller caller;
    private final ObjectMapper json;
    private Map<String, ToolDescription> registered = Map.of();

    McpTools(ToolManager offered, KnownTools known, ToolCalls calls, Caller caller, ObjectMapper json) {
        this.offered = offered;
        this.known = known;
        this.calls = calls;
        this.caller = caller;
        this.json = json;
    }

    /** Offers what is advertised now. */
    Uni<Void> refresh() {
        return known.now().invoke(now -> offer(now.byName())).replaceWithVoid();
    }

    private synchronized void offer(Map<String, ToolDescription> now) {
        if (now.equals(registered)) {
            return;
        }
        registered.forEach((name, tool) -> {
            if (!tool.equals(now.get(name))) {
                offered.removeTool(name);
            }
        });
        // the library lists in order of registration
        new TreeMap<>(now).forEach((name, tool) -> {
            if (!tool.equals(registered.get(name))) {
                register(tool);
            }
        });
        registered = now;
    }

    private void register(ToolDescription tool) {
        offered.newTool(tool.name())
                .setDescription(tool.description())
                .setInputSchema(new JsonObject(tool.inputSchema().toString()))
                .setAnnotations(new ToolAnnotations(
                        null,
                        tool.kind() == ToolKind.READING,
                        tool.risk() == Risk.DESTROYS,
                        tool.kind() == ToolKind.GUARDED,
                        true))
                .setAsyncHandler(arguments -> call(tool, arguments))
                .register();
    }

    private Uni<ToolResponse> call(ToolDescription tool, ToolArguments arguments) {
        return Uni.createFrom()
                .deferred(() -> calls.call(
                        caller.actor(),
                        tool.name(),
                        wish(arguments),
                        text(arguments.meta().getValue(IDEMPOTENCY_KEY))))
                .map(McpTools::response)
                .onFailure(ProblemException.class)
                .recoverWithUni(failure -> refused(failure.problem()))
                .onFailure(StoreUnavailable.class)
                .transform(
                        _ -> new McpException("The store can't be reached for now", JsonRpcErrorCodes.INTERNAL_ERROR));
    }

    private ToolWish wish(ToolArguments arguments) {
        return new ToolWish(
                json.<ObjectNode>valueToTree(arguments.args()),
                Boolean.TRUE.equals(arguments.meta().getValue(DRY_RUN)));
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    private static ToolResponse response(ToolOutcome outcome) {
        return switch (outcome) {
            case ToolOutcome.Answered(var _, ToolResult.Done(var summary, var detail)) ->
                response(false, summary, detail);
            case ToolOutcome.Answered(var _, ToolResult.Failed(var reason, var message)) ->
                ToolResponse.error(message + " (" + reason.name().toLowerCase(Locale.ROOT) + ")");
            case ToolOutcome.Accepted accepted -> accepted(accepted);
        };
    }

    private static ToolResponse accepted(ToolOutcome.Accepted task) {
        var becomes = task.state() == TaskState.AWAITING_APPROVAL
                ? "waits for a person's approval"
                : "is " + task.state().name().toLowerCase(Locale.ROOT);
        return response(
                false,
                "Nothing is done yet: task " + task.taskId() + " " + becomes + ", see " + task.taskUrl(),
                JsonNodeFactory.instance
                        .objectNode()
                        .put("task_id", task.taskId())
                        .put("task_url", task.taskUrl())
                        .put("state", task.state().name().toLowerCase(Locale.ROOT)));
    }

    private static ToolResponse response(boolean error, String summary, JsonNode detail) {
        var content = new ArrayList<TextContent>(List.of(new TextContent(summary)));
        if (!detail.isEmpty()) {
            content.add(new TextContent(detail.toString()));
        }
        var structured = detail.isObject() ? new JsonObject(detail.toString()) : null;
        return new ToolResponse(error, content, structured, Map.of());
    }

    /** What the caller got wrong is an error of the protocol; what didn't work is a result that a model can read. */
    private static Uni<ToolResponse> refused(Problem problem) {
        return switch (problem.code()) {
            case UNAUTHENTICATED, FORBIDDEN -> failure(problem, JsonRpcErrorCodes.SECURITY_ERROR);
            case TOOL_TIMED_OUT, TOOL_FAILED -> Uni.createFrom().item(ToolResponse.error(problem.detail()));
            case UNAVAILABLE, INTERNAL -> failure(problem, JsonRpcErrorCodes.INTERNAL_ERROR);
            default -> failure(problem, JsonRpcErrorCodes.INVALID_PARAMS);
        };
    }

    private static Uni<ToolResponse> failure(Problem problem, int code) {
        return Uni.createFrom().failure(new McpException(problem.detail(), code));
    }
}
