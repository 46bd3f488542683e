package io.infraai.gateway.policies;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

import io.infraai.contracts.identity.Permission;
import io.infraai.contracts.identity.TenantId;
import io.infraai.contracts.policy.PolicyDocument;
import io.infraai.gateway.bells.Bells;
import io.infraai.gateway.problem.ErrorCode;
import io.infraai.gateway.problem.ProblemException;
import io.infraai.gateway.request.Page;
import io.infraai.gateway.request.StrictJson;
import io.infraai.gateway.security.Caller;
import io.infraai.gateway.security.RequiresPermission;
import io.infraai.persistence.policy.PolicyStore;
import io.infraai.persistence.policy.PolicyStore.Saved;

/** Policies: what to do about which alerts. */
@Path("/api/policies")
@Tag(name = "policies")
@Produces(MediaType.APPLICATION_JSON)
class PolicyResource {

    private final PolicyStore store;
    private final PolicyDesk desk;
    private final Bells bells;
    private final Caller caller;

    PolicyResource(PolicyStore store, PolicyDesk desk, Bells bells, Caller caller) {
        this.store = store;
        this.desk = desk;
        this.bells = bells;
        this.caller = caller;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission(Permission.WRITE_POLICIES)
    @Operation(
            summary = "Saves a new policy",
            description =
                    "One that can't work is refused with the path of the field. The mode `auto` needs the permission to"
                            + " arm policies.")
    public Uni<Response> create(byte[] body) {
        return desk.create(caller.actor(), StrictJson.object(body));
    }

    @GET
    @RequiresPermission(Permission.READ)
    @Operation(summary = "Lists policies in the order in which they are asked: by priority, then id")
    public Uni<Page<ObjectNode>> list() {
        return store.all(caller.tenant())
                .map(all -> new Page<>(all.stream().map(PolicyView::of).toList(), null));
    }

    @GET
    @Path("/{id}")
    @RequiresPermission(Permission.READ)
    @Operation(summary = "Shows a policy; the ETag is its revision")
    public Uni<Response> one(@PathParam("id") long id) {
        return store.byId(caller.tenant(), id)
                .map(found -> PolicyView.shown(Response.ok(), found.orElseThrow(PolicyResource::unknown)));
    }

    @PUT
    @Path("/{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission(Permission.WRITE_POLICIES)
    @Operation(
            summary = "Saves a new revision of a policy",
            description = "With `If-Match` only if nobody else has saved one meanwhile, else 412.")
    public Uni<Response> replace(
            @PathParam("id") long id, @HeaderParam("If-Match") @Nullable String ifMatch, byte[] body) {
        var actor = caller.actor();
        var expected = ExpectedRevision.of(ifMatch);
        return desk.checked(actor, PolicyView.withoutAdditions(StrictJson.object(body)))
                .chain(document -> store.replace(actor.tenant(), id, expected, document, actor.subject()))
                .map(saved -> PolicyView.shown(Response.ok(), done(actor.tenant(), saved)));
    }

    @DELETE
    @Path("/{id}")
    @RequiresPermission(Permission.WRITE_POLICIES)
    @Operation(summary = "Deletes a policy; with `If-Match` only the revision that was seen")
    public Uni<Void> delete(@PathParam("id") long id, @HeaderParam("If-Match") @Nullable String ifMatch) {
        var actor = caller.actor();
        return store.delete(actor.tenant(), id, ExpectedRevision.of(ifMatch), actor.subject())
                .invoke(saved -> done(actor.tenant(), saved))
                .replaceWithVoid();
    }

    private PolicyDocument done(TenantId tenant, Saved saved) {
        return switch (saved) {
            case Saved.Done(var policy) -> {
                bells.policiesChanged(tenant);
                yield policy;
            }
            case Saved.Conflict(var current) ->
                throw new ProblemException(
                        ErrorCode.REVISION_CONFLICT, "The policy is at revision " + current + " by now: read it again");
            case Saved.Unknown _ -> throw unknown();
        };
    }

    static ProblemException unknown() {
        return new ProblemException(ErrorCode.NOT_FOUND, "There is no such policy");
    }
}
