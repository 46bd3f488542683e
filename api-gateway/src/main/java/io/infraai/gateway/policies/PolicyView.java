package io.infraai.gateway.policies;

import java.util.List;

import jakarta.ws.rs.core.Response;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.infraai.contracts.policy.PolicyDocument;

/** A policy as it is shown: its document, with what the store adds. */
final class PolicyView {

    private PolicyView() {}

    static ObjectNode of(PolicyDocument policy) {
        var view = JsonNodeFactory.instance.objectNode().put("id", policy.id()).put("revision", policy.revision());
        view.setAll(policy.document());
        return view.put("created_at", policy.createdAt().toString())
                .put("updated_at", policy.updatedAt().toString());
    }

    /** With its revision as the entity tag. */
    static Response shown(Response.ResponseBuilder answer, PolicyDocument policy) {
        return answer.header("ETag", ExpectedRevision.tag(policy.revision()))
                .entity(of(policy))
                .build();
    }

    /** What a client that edits what it was shown sends back. */
    static ObjectNode withoutAdditions(ObjectNode sent) {
        return sent.deepCopy().without(List.of("id", "revision", "created_at", "updated_at"));
    }
}
