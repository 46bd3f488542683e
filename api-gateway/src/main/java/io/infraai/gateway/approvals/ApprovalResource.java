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

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

import io.infraai.contracts.identity.Permission;
import io.infraai.contracts.remediation.Approval;
import io.infraai.contracts.remediation.ApprovalState;
import io.infraai.gateway.bells.Bells;
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
import io.infraai.persistence.task.TaskApproval.Answer;
import io.infraai.persistence.task.TaskApproval.Filter;
import io.infraai.persistence.task.TaskApproval.Voice;

/** Approvals, each of one action on one target as a worker found it. */
@Path("/api/approvals")
@Tag(name = "approvals")
@Produces(MediaType.APPLICATION_JSON)
class ApprovalResource {

    private static final int MOST_CHARACTERS = 500;
    private static final Set<String> PARAMETERS = Set.of("state", "limit", "cursor");

    private final TaskApproval approvals;
    private final Bells bells;
    private final Caller caller;
    private final boolean fourEyes;

    ApprovalResource(
            TaskApproval approvals,
            Bells bells,
            Caller caller,
            @ConfigProperty(name = "infraai.four-eyes", defaultValue = "true") boolean fourEyes) {
        this.approvals = approvals;
        this.bells = bells;
        this.caller = caller;
        this.fourEyes = fourEyes;
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
        var tenant = caller.tenant();
        return approvals
                .approve(tenant, id, voice(body), fourEyes)
                .map(ApprovalResource::counted)
                .invoke(now -> {
                    if (now.state() == ApprovalState.APPROVED) {
                        bells.taskDue(tenant, now.taskId());
                    }
                });
    }

    @POST
    @Path("/{id}/reject")
    @RequiresPermission(Permission.APPROVE)
    @Operation(summary = "Refuses the action and cancels its task", description = "`{\"comment\"?:…}`")
    public Uni<Approval> reject(@PathParam("id") long id, byte[] body) {
        return approvals.reject(caller.tenant(), id, voice(body)).map(ApprovalResource::counted);
    }

    private static Approval counted(Answer answer) {
        return switch (answer) {
            case Answer.Counted(var approval) -> approval;
            case Answer.NotOpen(var now) ->
                throw Problem.of(
                                ErrorCode.NOT_ALLOWED_NOW,
                                "This request is " + now.wire() + ", nobody is asked any more")
                        .withMember("state", now.wire())
                        .asException();
            case Answer.AgreedBefore _ ->
                throw new ProblemException(
                        ErrorCode.NOT_ALLOWED_NOW, "You have agreed to it already; it takes another person, too");
            case Answer.OwnRequest _ ->
                throw new ProblemException(
                        ErrorCode.OWN_REQUEST,
                        "You asked for it yourself: under the four-eyes rules another must approve");
            case Answer.Unknown _ -> throw unknown();
        };
    }

    private Voice voice(byte[] body) {
        return new Voice(caller.subject(), comment(StrictJson.optionalObject(body)));
    }

    private static @Nullable String comment(ObjectNode body) {
        for (var field : body.properties()) {
            if (!field.getKey().equals("comment")) {
                throw invalid(field.getKey(), "there is no such field");
            }
        }
        var comment = body.path("comment");
        if (comment.isMissingNode()) {
            return null;
        }
        if (!comment.isTextual() || comment.textValue().length() > MOST_CHARACTERS) {
            throw invalid("comment", "must be a text of up to " + MOST_CHARACTERS + " characters");
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
        return new ProblemException(ErrorCode.NOT_FOUND, "There is no such request for approval");
    }
}
