package io.infraai.gateway.policies;

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

    /** What a client that edits what it was shown sends back. */
    static ObjectNode withoutAdditions(ObjectNode sent) {
        return sent.deepCopy().without(java.util.List.of("id", "revision", "created_at", "updated_at"));
    }
}
