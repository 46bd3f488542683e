package io.infraai.gateway.alerts;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import jakarta.ws.rs.GET;
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
import io.infraai.gateway.problem.ErrorCode;
import io.infraai.gateway.problem.ProblemException;
import io.infraai.gateway.request.Page;
import io.infraai.gateway.request.Query;
import io.infraai.gateway.security.Caller;
import io.infraai.gateway.security.RequiresPermission;
import io.infraai.persistence.intake.EpisodeQueries;
import io.infraai.persistence.intake.EpisodeQueries.EpisodeView;
import io.infraai.persistence.intake.EpisodeQueries.Filter;

/** Episodes: what was posted, what was decided about it, what came of it. */
@Path("/api/alerts")
@Tag(name = "alerts")
@Produces(MediaType.APPLICATION_JSON)
class EpisodeResource {

    private static final List<String> STATES = List.of("firing", "resolved", "superseded", "silent");
    private static final Set<String> PARAMETERS = Set.of("state", "status", "label", "limit", "cursor");

    private final EpisodeQueries episodes;
    private final Caller caller;

    EpisodeResource(EpisodeQueries episodes, Caller caller) {
        this.episodes = episodes;
        this.caller = caller;
    }

    @GET
    @RequiresPermission(Permission.READ)
    @Operation(
            summary = "Lists episodes, newest first",
            description =
                    "Filters: `status` (`firing`, `resolved`, `superseded`, `silent`), `label=name:value` or `label=name=value`, any number of"
                            + " them. Pages: `limit` up to 200, `cursor` from the page before.")
    public Uni<Page<EpisodeView>> list(@Context UriInfo request) {
        var query = Query.of(request, PARAMETERS);
        var limit = query.limit();
        var before = query.one("cursor").map(EpisodeCursor::read).orElse(null);
        return episodes.find(caller.tenant(), new Filter(state(query), labels(query), before, limit + 1))
                .map(found -> Page.of(found, limit, EpisodeCursor::after));
    }

    @GET
    @Path("/{episode_id}")
    @RequiresPermission(Permission.READ)
    @Operation(summary = "Shows an episode with the decisions about it and the tasks that came of them")
    public Uni<EpisodeView> one(@PathParam("episode_id") String episode) {
        return episodes.byId(caller.tenant(), id(episode)).map(found -> found.orElseThrow(EpisodeResource::unknown));
    }

    private static @Nullable String state(Query query) {
        var word = query.one("state").or(() -> query.one("status")).map(text -> text.toLowerCase(Locale.ROOT));
        if (word.isEmpty()) {
            return null;
        }
        if (!STATES.contains(word.get())) {
            throw Query.invalid("'status' must be one of " + STATES);
        }
        return word.get();
    }

    private static Map<String, String> labels(Query query) {
        var labels = new LinkedHashMap<String, String>();
        for (var label : query.all("label")) {
            var parts = label.split("[=:]", 2);
            if (parts.length != 2 || parts[0].isEmpty()) {
                throw Query.invalid("'label' must be name=value");
            }
            labels.put(parts[0], parts[1]);
        }
        return labels;
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException _) {
            throw unknown();
        }
    }

    private static ProblemException unknown() {
        return new ProblemException(ErrorCode.NOT_FOUND, "There is no such episode");
    }
}
