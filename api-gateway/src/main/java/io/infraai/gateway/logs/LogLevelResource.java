package io.infraai.gateway.logs;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;

import io.infraai.contracts.identity.Permission;
import io.infraai.contracts.identity.TenantId;
import io.infraai.gateway.problem.ErrorCode;
import io.infraai.gateway.problem.Problem;
import io.infraai.gateway.problem.Problem.Fault;
import io.infraai.gateway.problem.ProblemException;
import io.infraai.gateway.request.Page;
import io.infraai.gateway.request.StrictJson;
import io.infraai.gateway.security.Caller;
import io.infraai.gateway.security.RequiresPermission;
import io.infraai.logs.LevelName;
import io.infraai.persistence.log.LogLevels;
import io.infraai.persistence.log.LogLevels.LogLevel;

/** How much all processes of the installation log, for a time. */
@Path("/api/log-levels")
@Tag(name = "logs")
@Produces(MediaType.APPLICATION_JSON)
class LogLevelResource {

    private static final Logger LOG = Logger.getLogger(LogLevelResource.class);

    private static final Set<String> FIELDS = Set.of("category", "level", "minutes");

    /** A package or a class, at least two names deep: the root's lines at DEBUG would drown every log. */
    private static final Pattern CATEGORY =
            Pattern.compile("[a-z][A-Za-z0-9_]{0,49}(?:\\.[A-Za-z][A-Za-z0-9_$]{0,49}){1,9}");

    private static final int USUAL_MINUTES = 15;
    private static final int MOST_MINUTES = 240;

    private final LogLevels levels;
    private final Caller caller;

    LogLevelResource(LogLevels levels, Caller caller) {
        this.levels = levels;
        this.caller = caller;
    }

    @JsonNaming(SnakeCaseStrategy.class)
    record LevelView(String category, LevelName level, Instant until, String setBy) {

        static LevelView of(LogLevel level) {
            return new LevelView(level.category(), level.level(), level.until(), level.by());
        }
    }

    @GET
    @RequiresPermission(Permission.SET_LOG_LEVELS)
    @Operation(summary = "Lists the categories that log other than configured, and until when")
    public Uni<Page<LevelView>> list() {
        requireOwner();
        return levels.all()
                .map(all -> new Page<>(all.stream().map(LevelView::of).toList(), null));
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission(Permission.SET_LOG_LEVELS)
    @Operation(
            summary = "Has a category log more or less for a time, in all services",
            description =
                    "`{\"category\":\"io.infraai.worker\",\"level\":\"DEBUG\",\"minutes\"?:15}`: a package or a class; "
                            + "`ERROR`, `WARN`, `INFO`, `DEBUG` or `TRACE`; 1 to 240 minutes. It holds within seconds.")
    public Uni<LevelView> set(byte[] body) {
        requireOwner();
        var wish = StrictJson.object(body);
        refuseFaults(wish);
        var category = wish.path("category").textValue();
        var time = Duration.ofMinutes(wish.path("minutes").asInt(USUAL_MINUTES));
        var by = caller.subject();
        return levels.set(category, level(wish).orElseThrow(), time, by).map(set -> {
            var now = set.orElseThrow(() -> new ProblemException(
                    ErrorCode.NOT_ALLOWED_NOW,
                    LogLevels.MOST + " categories are set already: reset one of them first"));
            LOG.infof(
                    "Log level asked for: category=%s level=%s until=%s by=%s", category, now.level(), now.until(), by);
            return LevelView.of(now);
        });
    }

    @DELETE
    @Path("/{name}")
    @RequiresPermission(Permission.SET_LOG_LEVELS)
    @Operation(summary = "Has a category log as it is configured again")
    public Uni<Void> reset(@PathParam("name") String category) {
        requireOwner();
        var by = caller.subject();
        return levels.reset(category).map(found -> {
            if (!found) {
                throw new ProblemException(ErrorCode.NOT_FOUND, "No level is set for such a category");
            }
            LOG.infof("Log level reset: category=%s by=%s", category, by);
            return null;
        });
    }

    /** The processes are every tenant's: only the installation's own may have them tell more. */
    private void requireOwner() {
        if (!caller.tenant().equals(TenantId.DEFAULT)) {
            throw new ProblemException(ErrorCode.FORBIDDEN, "Only admins of the tenant that runs this may");
        }
    }

    private static void refuseFaults(ObjectNode wish) {
        var faults = new ArrayList<Fault>();
        wish.fieldNames().forEachRemaining(field -> {
            if (!FIELDS.contains(field)) {
                faults.add(new Fault("/" + field, "there is no such field"));
            }
        });
        if (!CATEGORY.matcher(wish.path("category").asText("")).matches()) {
            faults.add(new Fault("/category", "must name a package or a class, such as org.flywaydb"));
        }
        if (level(wish).isEmpty()) {
            faults.add(new Fault("/level", "must be one of " + List.of(LevelName.values())));
        }
        var minutes = wish.path("minutes");
        if (!minutes.isMissingNode()
                && (!minutes.isInt() || minutes.intValue() < 1 || minutes.intValue() > MOST_MINUTES)) {
            faults.add(new Fault("/minutes", "must be a number from 1 to " + MOST_MINUTES));
        }
        if (!faults.isEmpty()) {
            throw Problem.invalid(faults).asException();
        }
    }

    private static Optional<LevelName> level(ObjectNode wish) {
        return wish.path("level").isTextual() ? LevelName.of(wish.path("level").textValue()) : Optional.empty();
    }
}
