package io.infraai.gateway.status;

import java.util.List;

import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

import io.infraai.contracts.identity.Permission;
import io.infraai.gateway.bells.Bells;
import io.infraai.gateway.problem.Problem;
import io.infraai.gateway.problem.Problem.Fault;
import io.infraai.gateway.request.StrictJson;
import io.infraai.gateway.security.Caller;
import io.infraai.gateway.security.RequiresPermission;
import io.infraai.persistence.task.TaskControl;

/** The kill switch: stops new actions everywhere, at the next claim. */
@Path("/api")
@Tag(name = "status")
@Produces(MediaType.APPLICATION_JSON)
class PauseResource {

    private static final int MOST_CHARACTERS = 500;

    private final TaskControl control;
    private final Bells bells;
    private final Caller caller;

    PauseResource(TaskControl control, Bells bells, Caller caller) {
        this.control = control;
        this.bells = bells;
        this.caller = caller;
    }

    /**
     * @param released how many tasks were queued that were held for the pause
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record PauseState(boolean paused, @Nullable Integer released) {}

    @POST
    @Path("/pause")
    @RequiresPermission(Permission.PAUSE)
    @Operation(summary = "Stops new actions of the tenant", description = "`{\"reason\"?:…}`")
    public Uni<PauseState> pause(byte[] body) {
        var reason = reason(StrictJson.optionalObject(body));
        var tenant = caller.tenant();
        return control.pause(tenant, caller.subject(), reason)
                .invoke(() -> bells.policiesChanged(tenant))
                .replaceWith(new PauseState(true, null));
    }

    @POST
    @Path("/resume")
    @RequiresPermission(Permission.RESUME)
    @Operation(summary = "Lets actions start again, and queues what was held for the pause")
    public Uni<PauseState> resume() {
        var tenant = caller.tenant();
        return control.resume(tenant, caller.subject()).map(released -> {
            bells.policiesChanged(tenant);
            released.forEach(task -> bells.taskDue(tenant, task));
            return new PauseState(false, released.size());
        });
    }

    private static String reason(ObjectNode body) {
        for (var field : body.properties()) {
            if (!field.getKey().equals("reason")) {
                throw invalid(field.getKey(), "there is no such field");
            }
        }
        var reason = body.path("reason");
        if (!reason.isMissingNode()
                && (!reason.isTextual() || reason.textValue().length() > MOST_CHARACTERS)) {
            throw invalid("reason", "must be a text of up to " + MOST_CHARACTERS + " characters");
        }
        return reason.asText("");
    }

    private static RuntimeException invalid(String path, String message) {
        return Problem.invalid(List.of(new Fault("/" + path, message))).asException();
    }
}
