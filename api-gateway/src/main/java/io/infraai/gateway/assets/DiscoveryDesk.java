package io.infraai.gateway.assets;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.infraai.contracts.asset.AllowedSubnets;
import io.infraai.contracts.asset.Subnet;
import io.infraai.gateway.problem.Problem;
import io.infraai.gateway.problem.Problem.Fault;
import io.infraai.gateway.problem.ProblemException;

/** Checks what is to be looked at, so that a mistake is told at once and not by a task that failed. */
@ApplicationScoped
class DiscoveryDesk {

    private static final String SUBNET = "subnet";

    private final AllowedSubnets allowed;

    DiscoveryDesk(AssetsConfig config) {
        this.allowed = new AllowedSubnets(config.allowedSubnets().orElse(Set.of()));
    }

    /**
     * @throws ProblemException 422 unless the body names a subnet that may be looked at, and nothing else
     */
    Subnet subnet(ObjectNode body) {
        var faults = new ArrayList<Fault>();
        body.fieldNames().forEachRemaining(field -> {
            if (!field.equals(SUBNET)) {
                faults.add(new Fault("/" + field, "there is no such field"));
            }
        });
        if (!body.path(SUBNET).isTextual()) {
            faults.add(new Fault("/" + SUBNET, "must be a text such as 10.0.0.0/24"));
        }
        if (!faults.isEmpty()) {
            throw Problem.invalid(faults).asException();
        }
        return switch (allowed.judge(body.get(SUBNET).textValue())) {
            case AllowedSubnets.Verdict.Allowed(var subnet) -> subnet;
            case AllowedSubnets.Verdict.Refused(var _, var message) ->
                throw Problem.invalid(List.of(new Fault("/" + SUBNET, message))).asException();
        };
    }
}
