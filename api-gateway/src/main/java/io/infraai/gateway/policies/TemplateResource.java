package io.infraai.gateway.policies;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import io.infraai.contracts.identity.Permission;
import io.infraai.gateway.problem.ErrorCode;
import io.infraai.gateway.problem.Problem;
import io.infraai.gateway.problem.Problem.Fault;
import io.infraai.gateway.problem.ProblemException;
import io.infraai.gateway.request.Page;
import io.infraai.gateway.request.StrictJson;
import io.infraai.gateway.security.Caller;
import io.infraai.gateway.security.RequiresPermission;
import io.infraai.policies.PolicyLibrary;
import io.infraai.policies.PolicyTemplate;
import io.infraai.policies.PolicyTemplate.Filled;

/** The policy library: policies that others have thought about, to be filled in and saved. */
@Path("/api/templates")
@Tag(name = "policies")
@Produces(MediaType.APPLICATION_JSON)
class TemplateResource {

    private static final Set<String> FIELDS = Set.of("parameters", "name", "mode");

    private final PolicyLibrary library = PolicyLibrary.load();
    private final PolicyDesk desk;
    private final Caller caller;

    TemplateResource(PolicyDesk desk, Caller caller) {
        this.desk = desk;
        this.caller = caller;
    }

    @GET
    @RequiresPermission(Permission.READ)
    @Operation(
            summary = "Lists the policy library",
            description =
                    "Each template has the names of the alerts it fits, parameters to fill, its reasons, and alerts that it"
                            + " acts on and doesn't.")
    public Uni<Page<PolicyTemplate>> list() {
        return Uni.createFrom().item(() -> new Page<>(library.all(), null));
    }

    @GET
    @Path("/{name}")
    @RequiresPermission(Permission.READ)
    @Operation(summary = "Shows a template")
    public Uni<PolicyTemplate> one(@PathParam("name") String name) {
        return Uni.createFrom().item(() -> template(name));
    }

    @POST
    @Path("/{name}/policies")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission(Permission.WRITE_POLICIES)
    @Operation(
            summary = "Saves a template as a new policy",
            description = "`{\"parameters\"?:{…},\"name\"?:…,\"mode\"?:…}`; the mode is `observe` unless said.")
    public Uni<Response> save(@PathParam("name") String name, byte[] body) {
        return desk.create(caller.actor(), filled(template(name), StrictJson.optionalObject(body)));
    }

    /** What is wrong with the result, such as a pattern that isn't one, is found when it is read as a policy. */
    private static ObjectNode filled(PolicyTemplate template, ObjectNode wish) {
        var faults = new ArrayList<Fault>();
        wish.fieldNames().forEachRemaining(field -> {
            if (!FIELDS.contains(field)) {
                faults.add(new Fault("/" + field, "there is no such field"));
            }
        });
        if (wish.has("parameters") && !wish.get("parameters").isObject()) {
            faults.add(new Fault("/parameters", "must be an object"));
        }
        if (!faults.isEmpty()) {
            throw Problem.invalid(faults).asException();
        }
        return switch (template.fill(wish.withObject("/parameters"))) {
            case Filled.Ready(var policy) -> {
                for (var own : List.of("name", "mode")) {
                    if (wish.has(own)) {
                        policy.set(own, wish.get(own));
                    }
                }
                yield policy;
            }
            case Filled.Refused(var refused) ->
                throw Problem.invalid(refused.stream()
                                .map(fault -> new Fault("/parameters" + fault.path(), fault.message()))
                                .toList())
                        .asException();
        };
    }

    private PolicyTemplate template(String name) {
        return library.find(name)
                .orElseThrow(() -> new ProblemException(ErrorCode.NOT_FOUND, "There is no such template"));
    }
}
