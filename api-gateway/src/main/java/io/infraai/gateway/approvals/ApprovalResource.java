package io.infraai.gateway.approvals;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;

import io.smallrye.mutiny.Uni;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

import io.infraai.contracts.identity.Permission;
import io.infraai.contracts.remediation.Approval;
import io.infraai.contracts.remediation.ApprovalState;
import io.infraai.gateway.problem.ErrorCode;
import io.infraai.gateway.problem.Problem;
import io.infraai.gateway.problem.Problem.Fault;
import io.infraai.gateway.problem.ProblemException;
import io.infraai.gateway.request.Page;
import io.infraai.gateway.request.Query;
import io.infraai.gateway.request.StrictJson;
import io.infraai.gateway.security.Caller;
import io.infraai.gateway.security.RequiresPermission;
import io.infraai.persistence.task.TaskApproval;
import io.infraai.persistence.task.TaskApproval.Filter;

/** Approvals, each of one action on one target as a worker found it. */
@Path("/api/approvals")
@Tag(name = "approvals")
@Produces(MediaType.APPLICATION_JSON)
class ApprovalResource {

    private static final Set<String> PARAMETERS = Set.of("state", "limit", "cursor");

    private final TaskApproval approvals;
    private final ApprovalDesk desk;
    private final Caller caller;

    ApprovalResource(TaskApproval approvals, ApprovalDesk desk, Caller caller) {
        this.approvals = approvals;
        this.desk = desk;
        this.caller = caller;
    }

    @GET
    @RequiresPermission(Permission.READ)
    @Operation(
            summary = "Lists requests for approval, open ones first, then newest first",
            description =
                    "Filter: `state` (`open`, `approved`, `rejected`, `expired`, `withdrawn`), any number of them."
                            + " Pages: `limit` up to 200, `cursor`.")
    public Uni<Page<Approval>> list(@Context UriInfo request) {
        var query = Query.of(request, PARAMETERS);
        var limit = query.limit();
        var after = query.one("cursor").map(ApprovalCursor::read);
        return approvals
                .find(caller.tenant(), new Filter(states(query), after, limit + 1))
                .map(found -> Page.of(found, limit, ApprovalCursor::after));
    }

    @GET
    @Path("/{id}")
    @RequiresPermission(Permission.READ)
    @Operation(
            summary =
                    "Shows a request for approval: the action, its exact target, the effect, the evidence and the undo")
    public Uni<Approval> one(@PathParam("id") long id) {
        return approvals.byId(caller.tenant(), id).map(found -> found.orElseThrow(ApprovalResource::unknown));
    }

    @POST
    @Path("/{id}/approve")
    @RequiresPermission(Permission.APPROVE)
    @Operation(
            summary = "Agrees to the action on this very target, once",
            description =
                    "`{\"comment\"?:…}`. Under the four-eyes rules nobody approves what they asked for, and what can't be"
                            + " guarded by a precondition of its target's takes two people: it stays `open` after the first.")
    public Uni<Approval> approve(@PathParam("id") long id, byte[] body) {
        return desk.approve(caller.actor(), id, comment(body));
    }

    @POST
    @Path("/{id}/reject")
    @RequiresPermission(Permission.APPROVE)
    @Operation(summary = "Refuses the action and cancels its task", description = "`{\"comment\"?:…}`")
    public Uni<Approval> reject(@PathParam("id") long id, byte[] body) {
        return desk.reject(caller.actor(), id, comment(body));
    }

    private static @Nullable String comment(byte[] body) {
        var given = StrictJson.optionalObject(body);
        for (var field : given.properties()) {
            if (!field.getKey().equals("comment")) {
                throw invalid(field.getKey(), "there is no such field");
            }
        }
        var comment = given.path("comment");
        if (comment.isMissingNode()) {
            return null;
        }
        if (!ApprovalDesk.isComment(comment)) {
            throw invalid("comment", ApprovalDesk.COMMENT);
        }
        return comment.textValue();
    }

    private static Set<ApprovalState> states(Query query) {
        var states = EnumSet.noneOf(ApprovalState.class);
        for (var word : query.all("state")) {
            try {
                states.add(ApprovalState.of(word));
            } catch (IllegalArgumentException _) {
                throw Query.invalid("There is no such state of an approval");
            }
        }
        return states;
    }

    private static RuntimeException invalid(String path, String message) {
        return Problem.invalid(List.of(new Fault("/" + path, message))).asException();
    }

    private static ProblemException unknown() {
        return new ProblemException(ErrorCode.NOT_FOUND, ApprovalDesk.UNKNOWN);
    }
}
