package io.infraai.gateway.tasks;

import java.util.EnumSet;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.smallrye.mutiny.Uni;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

import io.infraai.contracts.identity.Permission;
import io.infraai.contracts.remediation.Effect;
import io.infraai.contracts.remediation.Task;
import io.infraai.contracts.remediation.TaskState;
import io.infraai.gateway.bells.Bells;
import io.infraai.gateway.problem.ErrorCode;
import io.infraai.gateway.problem.ProblemException;
import io.infraai.gateway.request.Page;
import io.infraai.gateway.request.Query;
import io.infraai.gateway.security.Caller;
import io.infraai.gateway.security.RequiresPermission;
import io.infraai.persistence.task.TaskControl;
import io.infraai.persistence.task.TaskControl.Moved;
import io.infraai.persistence.task.TaskQueries;
import io.infraai.persistence.task.TaskQueries.Filter;

/** Tasks, their journals, and what a person may do to them. */
@Path("/api/tasks")
@Tag(name = "tasks")
@Produces(MediaType.APPLICATION_JSON)
class TaskResource {

    private static final Set<String> PARAMETERS = Set.of("state", "effect", "episode", "limit", "cursor");

    private final TaskQueries tasks;
    private final TaskControl control;
    private final Bells bells;
    private final Caller caller;

    TaskResource(TaskQueries tasks, TaskControl control, Bells bells, Caller caller) {
        this.tasks = tasks;
        this.control = control;
        this.bells = bells;
        this.caller = caller;
    }

    @JsonNaming(SnakeCaseStrategy.class)
    record TaskMoved(long taskId, TaskState state) {}

    @GET
    @RequiresPermission(Permission.READ)
    @Operation(
            summary = "Lists tasks, newest first",
            description =
                    "Filters: `state` and `effect` (`awaited`, `effective`, `ineffective`, `unknown`), any number of them;"
                            + " `episode`. Pages: `limit` up to 200, `cursor`.")
    public Uni<Page<Task>> list(@Context UriInfo request) {
        var query = Query.of(request, PARAMETERS);
        var limit = query.limit();
        var filter = new Filter(
                words(query, "state", TaskState.class, TaskState::of),
                words(query, "effect", Effect.class, Effect::of),
                episode(query),
                before(query),
                limit + 1);
        return tasks.find(caller.tenant(), filter)
                .map(found -> Page.of(found, limit, task -> Long.toString(task.id())));
    }

    @GET
    @Path("/{id}")
    @RequiresPermission(Permission.READ)
    @Operation(summary = "Shows a task with its journal")
    public Uni<Task> one(@PathParam("id") long id) {
        return tasks.byId(caller.tenant(), id).map(found -> found.orElseThrow(TaskResource::unknown));
    }

    @POST
    @Path("/{id}/cancel")
    @RequiresPermission(Permission.CANCEL_TASKS)
    @Operation(summary = "Ends a task that waits; one that runs is told to stop before its next call")
    public Uni<TaskMoved> cancel(@PathParam("id") long id) {
        return control.cancel(caller.tenant(), id, caller.subject()).map(moved -> moved(id, moved, "cancelled"));
    }

    @POST
    @Path("/{id}/retry")
    @RequiresPermission(Permission.RETRY_TASKS)
    @Operation(summary = "Queues a task again that failed, expired, died or is in doubt")
    public Uni<TaskMoved> retry(@PathParam("id") long id) {
        var tenant = caller.tenant();
        return control.retry(tenant, id, caller.subject())
                .map(moved -> moved(id, moved, "retried"))
                .invoke(() -> bells.taskDue(tenant, id));
    }

    private static TaskMoved moved(long id, Moved moved, String verb) {
        return switch (moved) {
            case Moved.Done(var now) -> new TaskMoved(id, now);
            case Moved.NotAllowed(var now) ->
                throw new ProblemException(
                        ErrorCode.NOT_ALLOWED_NOW, "A task that is " + now.wire() + " can't be " + verb);
            case Moved.Unknown _ -> throw unknown();
        };
    }

    private static <E extends Enum<E>> Set<E> words(Query query, String name, Class<E> type, Function<String, E> read) {
        var words = EnumSet.noneOf(type);
        for (var word : query.all(name)) {
            try {
                words.add(read.apply(word));
            } catch (IllegalArgumentException _) {
                throw Query.invalid("There is no such " + name + " of a task");
            }
        }
        return words;
    }

    private static @Nullable UUID episode(Query query) {
        try {
            return query.one("episode").map(UUID::fromString).orElse(null);
        } catch (IllegalArgumentException _) {
            throw Query.invalid("'episode' must be an episode's id");
        }
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

    private static ProblemException unknown() {
        return new ProblemException(ErrorCode.NOT_FOUND, "There is no such task");
    }
}
