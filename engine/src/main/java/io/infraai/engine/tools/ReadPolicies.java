package io.infraai.engine.tools;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;

import io.infraai.contracts.identity.TenantId;
import io.infraai.contracts.policy.Policy;
import io.infraai.contracts.policy.PolicyDocument;
import io.infraai.contracts.policy.PolicyMode;
import io.infraai.persistence.catalog.Catalogue;
import io.infraai.persistence.catalog.ToolDirectory;
import io.infraai.persistence.policy.PolicyStore;
import io.infraai.policies.ActionPlanner;
import io.infraai.policies.PolicyReader;
import io.infraai.policies.PolicyReading;

/** The stored policies as the evaluator understands them, and what is needed to read another. */
@ApplicationScoped
class ReadPolicies {

    private final PolicyStore store;
    private final ToolDirectory directory;
    private final CallRules rules;

    /**
     * @param policy empty when the document can't be read any more, so that healing leaves it alone
     */
    record Stored(PolicyDocument document, Optional<Policy> policy) {

        String name() {
            return document.document().path("name").asText();
        }
    }

    ReadPolicies(PolicyStore store, ToolDirectory directory, CallRules rules) {
        this.store = store;
        this.directory = directory;
        this.rules = rules;
    }

    Uni<Catalogue> tools() {
        return directory.all();
    }

    Uni<List<Stored>> all(TenantId tenant) {
        return tools().chain(tools -> store.all(tenant).map(documents -> {
            var reader = reader(tools);
            var read = new ArrayList<Stored>();
            documents.forEach(document -> read.add(new Stored(document, policy(reader, tenant, document))));
            return read;
        }));
    }

    PolicyReader reader(Catalogue tools) {
        return new PolicyReader(tools::find, PolicyMode.OBSERVE);
    }

    ActionPlanner planner(Catalogue tools) {
        return new ActionPlanner(tools::find, rules.protectedNamespaces());
    }

    private static Optional<Policy> policy(PolicyReader reader, TenantId tenant, PolicyDocument document) {
        return switch (reader.readStored(tenant, document.id(), document.revision(), document.document())) {
            case PolicyReading.Valid valid -> Optional.of(valid.policy());
            case PolicyReading.Invalid _ -> Optional.empty();
        };
    }
}
