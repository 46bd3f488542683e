package io.infraai.gateway.policies;

import java.net.URI;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;

import io.infraai.contracts.identity.Actor;
import io.infraai.contracts.identity.Permission;
import io.infraai.contracts.policy.PolicyMode;
import io.infraai.gateway.bells.Bells;
import io.infraai.gateway.problem.Problem;
import io.infraai.gateway.problem.Problem.Fault;
import io.infraai.gateway.security.Caller;
import io.infraai.gateway.tools.KnownTools;
import io.infraai.persistence.policy.PolicyStore;
import io.infraai.policies.PolicyReader;
import io.infraai.policies.PolicyReading;
import io.infraai.policies.ToolLookup;

/** Checks what people want to save as a policy, and saves what is new. */
@ApplicationScoped
class PolicyDesk {

    private final KnownTools tools;
    private final PoliciesConfig config;
    private final PolicyStore store;
    private final Bells bells;

    PolicyDesk(KnownTools tools, PoliciesConfig config, PolicyStore store, Bells bells) {
        this.tools = tools;
        this.config = config;
        this.store = store;
        this.bells = bells;
    }

    /** Saves a new policy, and answers with it; fails as {@link #checked} does. */
    Uni<Response> create(Actor actor, ObjectNode document) {
        return checked(actor, document)
                .chain(valid -> store.create(actor.tenant(), valid, actor.subject()))
                .map(saved -> {
                    bells.policiesChanged(actor.tenant());
                    return PolicyView.shown(Response.created(URI.create("/api/policies/" + saved.id())), saved);
                });
    }

    /**
     * The document to store, its defaults filled in; fails with 422 and the fields' paths when the policy can't work, and with 403
     * when the actor may not arm it.
     */
    Uni<ObjectNode> checked(Actor actor, ObjectNode document) {
        return tools.now().map(known -> switch (reader(known).read(actor.tenant(), 0, 1, document)) {
            case PolicyReading.Valid valid -> {
                if (valid.policy().mode() == PolicyMode.AUTO) {
                    Caller.require(actor, Permission.ARM_POLICIES);
                }
                yield valid.document();
            }
            case PolicyReading.Invalid invalid ->
                throw Problem.invalid(faults("", invalid)).asException();
        });
    }

    PolicyReader reader(ToolLookup known) {
        return new PolicyReader(known, config.defaultMode());
    }

    static List<Fault> faults(String prefix, PolicyReading.Invalid invalid) {
        return invalid.faults().stream()
                .map(fault -> new Fault(prefix + fault.path(), fault.message()))
                .toList();
    }
}
