package io.infraai.engine.tools;

import java.time.Duration;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;

import io.infraai.contracts.policy.PolicyDocument;
import io.infraai.contracts.tool.Risk;
import io.infraai.contracts.tool.Tool;
import io.infraai.contracts.tool.ToolContext;
import io.infraai.contracts.tool.ToolResult;
import io.infraai.contracts.tool.ToolResult.Done;
import io.infraai.contracts.tool.ToolSpec;
import io.infraai.persistence.policy.PolicyStore;

@ApplicationScoped
class GetPolicies implements Tool.Reading<GetPolicies.Parameters> {

    record Parameters() {}

    private static final ToolSpec<Parameters> SPEC = new ToolSpec<>(
            "get_policies",
            "Retrieves all policies in the order in which they are tried",
            Parameters.class,
            Risk.READS,
            "",
            Duration.ofSeconds(5));

    private final PolicyStore policies;

    GetPolicies(PolicyStore policies) {
        this.policies = policies;
    }

    @Override
    public ToolSpec<Parameters> spec() {
        return SPEC;
    }

    @Override
    public Uni<ToolResult> read(Parameters parameters, ToolContext context) {
        return policies.all(context.tenant()).map(GetPolicies::told);
    }

    private static ToolResult told(List<PolicyDocument> policies) {
        var shown = new ArrayNode(JsonNodeFactory.instance);
        policies.forEach(policy -> shown.add(shown(policy)));
        var detail = JsonNodeFactory.instance.objectNode();
        detail.set("policies", shown);
        return new Done(policies.size() == 1 ? "1 policy" : policies.size() + " policies", detail);
    }

    private static ObjectNode shown(PolicyDocument policy) {
        return policy.document().deepCopy().put("id", policy.id()).put("revision", policy.revision());
    }
}
