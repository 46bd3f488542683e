package io.infraai.gateway.assets;

import java.util.OptionalLong;
import java.util.Set;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.smallrye.mutiny.Uni;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

import io.infraai.contracts.asset.Asset;
import io.infraai.contracts.asset.AssetInventory;
import io.infraai.contracts.asset.AssetInventory.Filter;
import io.infraai.contracts.asset.AssetType;
import io.infraai.contracts.asset.Discovery;
import io.infraai.contracts.identity.Permission;
import io.infraai.gateway.problem.Problem;
import io.infraai.gateway.request.Page;
import io.infraai.gateway.request.Query;
import io.infraai.gateway.request.StrictJson;
import io.infraai.gateway.security.Caller;
import io.infraai.gateway.security.RequiresPermission;
import io.infraai.gateway.tools.KnownTools;
import io.infraai.gateway.tools.RequestedTasks;
import io.infraai.gateway.tools.ToolOutcome;
import io.infraai.gateway.tools.ToolWish;

/** What there is, and looking for more of it. */
@Path("/api/assets")
@Tag(name = "assets")
@Produces(MediaType.APPLICATION_JSON)
class AssetResource {

    private static final String TOOL = "network_discovery";
    private static final int LONGEST_TEXT = 100;
    private static final Set<String> PARAMETERS = Set.of("type", "text", "limit", "cursor");
    private static final Set<String> PAGES = Set.of("limit", "cursor");

    private final AssetInventory inventory;
    private final DiscoveryDesk desk;
    private final KnownTools tools;
    private final RequestedTasks requested;
    private final Caller caller;

    AssetResource(
            AssetInventory inventory, DiscoveryDesk desk, KnownTools tools, RequestedTasks requested, Caller caller) {
        this.inventory = inventory;
        this.desk = desk;
        this.tools = tools;
        this.requested = requested;
        this.caller = caller;
    }

    @GET
    @RequiresPermission(Permission.READ)
    @Operation(
            summary = "Lists assets, newest first",
            description =
                    "Filters: `type` (`host`, `virtual_machine`, `hypervisor`, `kubernetes_node`), `text` that address, name,"
                            + " services or attributes hold. Pages: `limit` up to 200, `cursor`.")
    public Uni<Page<Asset>> list(@Context UriInfo request) {
        var query = Query.of(request, PARAMETERS);
        var limit = query.limit();
        var filter = new Filter(type(query), text(query), before(query), limit + 1);
        return inventory
                .find(caller.tenant(), filter)
                .map(found -> Page.of(found, limit, asset -> Long.toString(asset.id())));
    }

    @GET
    @Path("/discoveries")
    @RequiresPermission(Permission.READ)
    @Operation(summary = "Lists looks for assets and how far they are, newest first")
    public Uni<Page<Discovery>> discoveries(@Context UriInfo request) {
        var query = Query.of(request, PAGES);
        var limit = query.limit();
        return inventory
                .discoveries(caller.tenant(), before(query), limit + 1)
                .map(found -> Page.of(found, limit, discovery -> Long.toString(discovery.id())));
    }

    @POST
    @Path("/discover")
    @RequiresPermission(Permission.CALL_HEAVY_TOOLS)
    @Operation(
            summary = "Looks for assets in a subnet",
            description =
                    "`{\"subnet\":\"10.0.0.0/24\"}`, within the allowed subnets and at most a /20 (IPv6: /116). It becomes a task,"
                            + " 202, and is asked for once however often an `Idempotency-Key` is sent.")
    public Uni<Response> discover(@HeaderParam("Idempotency-Key") @Nullable String key, byte[] body) {
        var subnet = desk.subnet(StrictJson.object(body));
        var arguments = JsonNodeFactory.instance.objectNode().put("subnet", subnet.toString());
        var actor = caller.actor();
        return tools.now().chain(known -> {
            var tool = known.find(TOOL)
                    .orElseThrow(() -> Problem.unavailable("No worker can look for assets at the moment")
                            .asException());
            return requested
                    .request(actor, known, tool, new ToolWish(arguments, false), key)
                    .map(ToolOutcome.Accepted::response);
        });
    }

    private static @Nullable AssetType type(Query query) {
        try {
            return query.one("type").map(AssetType::of).orElse(null);
        } catch (IllegalArgumentException _) {
            throw Query.invalid("There is no such type of an asset");
        }
    }

    private static @Nullable String text(Query query) {
        var text = query.one("text").filter(given -> !given.isEmpty());
        if (text.isPresent() && text.get().length() > LONGEST_TEXT) {
            throw Query.invalid("'text' has at most " + LONGEST_TEXT + " characters");
        }
        return text.orElse(null);
    }

    private static OptionalLong before(Query query) {
        try {
            return query.one("cursor")
                    .map(text -> OptionalLong.of(Long.parseLong(text)))
                    .orElse(OptionalLong.empty());
        } catch (NumberFormatException _) {
            throw Query.invalid("'cursor' isn't one that was given out");
        }
    }
}
