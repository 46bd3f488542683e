package io.infraai.gateway.policies;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import io.smallrye.mutiny.Uni;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import io.infraai.contracts.identity.Permission;
import io.infraai.gateway.request.StrictJson;
import io.infraai.gateway.security.Caller;
import io.infraai.gateway.security.RequiresPermission;

/** What policies would do about alerts, without doing it. */
@Path("/api/policies/simulate")
@Tag(name = "policies")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
class SimulationResource {

    private final Simulation simulation;
    private final Caller caller;

    SimulationResource(Simulation simulation, Caller caller) {
        this.simulation = simulation;
        this.caller = caller;
    }

    @POST
    @RequiresPermission(Permission.READ)
    @Operation(
            summary = "Tells what policies would do about alerts; nothing is touched",
            description = "`{\"policies\":[…]}` or `{\"policy_ids\":[…]}`, or neither for all stored ones, with"
                    + " `\"alerts\":[…]` as in a webhook, up to 1000 each, or `\"since\":\"7d\"` for the last 1000 that came"
                    + " within that time, each judged at the time it came. A policy given here may carry an `id`; without one"
                    + " it is called -1, -2, … by its place.")
    public Uni<Simulation.Forecast> simulate(byte[] body) {
        return simulation.run(caller.tenant(), StrictJson.object(body));
    }
}
