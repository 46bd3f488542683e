package io.infraai.gateway.audit;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;

import io.smallrye.mutiny.Uni;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

import io.infraai.contracts.audit.AuditAction;
import io.infraai.contracts.audit.AuditCheck;
import io.infraai.contracts.audit.AuditEntry;
import io.infraai.contracts.identity.Permission;
import io.infraai.gateway.request.Page;
import io.infraai.gateway.request.Query;
import io.infraai.gateway.request.StrictJson;
import io.infraai.gateway.security.Caller;
import io.infraai.gateway.security.RequiresPermission;
import io.infraai.persistence.audit.AuditLog;
import io.infraai.persistence.audit.AuditLog.Filter;
import io.infraai.persistence.audit.AuditLog.Place;

/** Who did what to what, and whether the log of it is still what it was. */
@Path("/api/audit")
@Tag(name = "audit")
@Produces(MediaType.APPLICATION_JSON)
class AuditResource {

    private static final Set<String> PARAMETERS = Set.of("actor", "action", "target", "task", "limit", "cursor");
    private static final Pattern CURSOR = Pattern.compile("([0-9]{1,18})-([0-9]{1,18})");

    private final AuditLog log;
    private final Caller caller;

    AuditResource(AuditLog log, Caller caller) {
        this.log = log;
        this.caller = caller;
    }

    @GET
    @RequiresPermission(Permission.READ_AUDIT)
    @Operation(
            summary = "Lists what was done, newest first",
            description =
                    "Filters: `actor`, `target`, `task`, and `action`, any number of them. Pages: `limit` up to 200,"
                            + " `cursor`; a page may hold few entries, or none, and still have a `next_cursor`. An entry has its `seq` and"
                            + " hashes about a second after it was written.")
    public Uni<Page<AuditEntry>> list(@Context UriInfo request) {
        var query = Query.of(request, PARAMETERS);
        var filter = new Filter(
                query.one("actor").orElse(null),
                actions(query),
                query.one("target").orElse(null),
                task(query),
                before(query),
                query.limit());
        return log.find(caller.tenant(), filter)
                .map(part -> new Page<>(
                        part.entries(),
                        part.next().map(next -> next.place() + "-" + next.id()).orElse(null)));
    }

    @POST
    @Path("/verify")
    @RequiresPermission(Permission.READ_AUDIT)
    @Operation(
            summary = "Computes the chain over the log anew and tells the first entry that isn't as it was written",
            description =
                    "`{\"after\"?:{\"seq\",\"hash\"},\"anchors\"?:[{\"seq\",\"hash\"}]}`, heads that earlier answers gave out"
                            + " as `head`, or that a worker logged. Without one a cut off end can't be noticed. An answer that isn't"
                            + " `complete` is gone on with from its `head`.")
    public Uni<AuditCheck> verify(byte[] body) {
        var wish = VerificationWish.of(StrictJson.optionalObject(body));
        return log.verify(caller.tenant(), wish.after(), wish.anchors());
    }

    private static Set<AuditAction> actions(Query query) {
        var actions = EnumSet.noneOf(AuditAction.class);
        for (var word : query.all("action")) {
            try {
                actions.add(AuditAction.of(word));
            } catch (IllegalArgumentException _) {
                throw Query.invalid("There is no such action");
            }
        }
        return actions;
    }

    private static @Nullable Long task(Query query) {
        try {
            return query.one("task").map(Long::valueOf).orElse(null);
        } catch (NumberFormatException _) {
            throw Query.invalid("'task' must be a task's id");
        }
    }

    private static Optional<Place> before(Query query) {
        return query.one("cursor").map(text -> {
            var form = CURSOR.matcher(text);
            if (!form.matches()) {
                throw Query.invalid("'cursor' isn't one that was given out");
            }
            return new Place(Long.parseLong(form.group(1)), Long.parseLong(form.group(2)));
        });
    }
}
