package io.infraai.gateway.policies;

import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;

import io.infraai.contracts.identity.Actor;
import io.infraai.contracts.identity.Permission;
import io.infraai.contracts.policy.PolicyMode;
import io.infraai.gateway.problem.Problem;
import io.infraai.gateway.problem.Problem.Fault;
import io.infraai.gateway.security.Caller;
import io.infraai.gateway.tools.KnownTools;
import io.infraai.policies.PolicyReader;
import io.infraai.policies.PolicyReading;
import io.infraai.policies.ToolLookup;

/** Checks what people want to save as a policy. */
@ApplicationScoped
class PolicyDesk {

    private final KnownTools tools;
    private final PoliciesConfig config;

    PolicyDesk(KnownTools tools, PoliciesConfig config) {
        this.tools = tools;
        this.config = config;
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
