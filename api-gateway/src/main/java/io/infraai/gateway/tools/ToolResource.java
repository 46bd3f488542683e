package io.infraai.gateway.tools;

import java.util.Comparator;
import java.util.Locale;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.smallrye.mutiny.Uni;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

import io.infraai.contracts.identity.Permission;
import io.infraai.contracts.tool.ToolDescription;
import io.infraai.contracts.tool.ToolResult;
import io.infraai.gateway.problem.ErrorCode;
import io.infraai.gateway.problem.Problem;
import io.infraai.gateway.request.Page;
import io.infraai.gateway.request.StrictJson;
import io.infraai.gateway.security.Caller;
import io.infraai.gateway.security.RequiresPermission;

/** The guarded tool layer: what only looks is answered, what changes something or takes long becomes a task. */
@Path("/api/tools")
@Tag(name = "tools")
@Produces(MediaType.APPLICATION_JSON)
class ToolResource {

    private final KnownTools tools;
    private final ToolCalls calls;
    private final Caller caller;

    ToolResource(KnownTools tools, ToolCalls calls, Caller caller) {
        this.tools = tools;
        this.calls = calls;
        this.caller = caller;
    }

    /**
     * @param timeout for one call, ISO 8601
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record ToolView(
            String name,
            String description,
            String risk,
            String kind,
            JsonNode inputSchema,
            String target,
            String timeout) {

        static ToolView of(ToolDescription tool) {
            return new ToolView(
                    tool.name(),
                    tool.description(),
                    tool.risk().name().toLowerCase(Locale.ROOT),
                    tool.kind().name().toLowerCase(Locale.ROOT),
                    tool.inputSchema(),
                    tool.target(),
                    tool.timeout().toString());
        }
    }

    @JsonNaming(SnakeCaseStrategy.class)
    record ToolAnswer(String tool, String status, String summary, JsonNode detail) {}

    @GET
    @RequiresPermission(Permission.READ)
    @Operation(summary = "Lists the tools that workers can run")
    public Uni<Page<ToolView>> list() {
        return tools.now()
                .map(known -> new Page<>(
                        known.byName().values().stream()
                                .map(ToolView::of)
                                .sorted(Comparator.comparing(ToolView::name))
                                .toList(),
                        null));
    }

    @POST
    @Path("/{name}")
    @RequiresPermission(Permission.CALL_READING_TOOLS)
    @Operation(
            summary = "Calls a tool",
            description =
                    "`{\"arguments\":{…},\"dry_run\"?:bool}`. A tool that only looks is answered 200; one that changes"
                            + " something, or looks for long, becomes a task, 202, and is asked for once however often an `Idempotency-Key` is sent.")
    public Uni<Response> call(
            @PathParam("name") String name, @HeaderParam("Idempotency-Key") @Nullable String key, byte[] body) {
        var wish = ToolWish.of(StrictJson.optionalObject(body));
        return calls.call(caller.actor(), name, wish, key).map(ToolResource::response);
    }

    private static Response response(ToolOutcome outcome) {
        return switch (outcome) {
            case ToolOutcome.Answered(var tool, var result) -> answer(tool, result);
            case ToolOutcome.Accepted accepted -> accepted.response();
        };
    }

    private static Response answer(ToolDescription tool, ToolResult result) {
        return switch (result) {
            case ToolResult.Done(var summary, var detail) ->
                Response.ok(new ToolAnswer(tool.name(), "done", summary, detail))
                        .build();
            case ToolResult.Failed(var reason, var message) ->
                throw Problem.of(ErrorCode.TOOL_FAILED, message)
                        .withMember("reason", reason.name().toLowerCase(Locale.ROOT))
                        .asException();
        };
    }
}
