package io.infraai.persistence.policy;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;

import io.infraai.contracts.identity.TenantId;
import io.infraai.contracts.policy.PolicyDocument;

/**
 * Policies as JSON documents; what they mean is not known here. The document holds at least {@code name}, {@code condition},
 * {@code action} and {@code priority}.
 */
public interface PolicyStore {

    Uni<PolicyDocument> create(TenantId tenant, ObjectNode document, String by);

    /**
     * @param expected the revision that the writer has seen; empty to overwrite whatever is there
     */
    Uni<Saved> replace(TenantId tenant, long id, OptionalInt expected, ObjectNode document, String by);

    Uni<Saved> delete(TenantId tenant, long id, OptionalInt expected, String by);

    Uni<Optional<PolicyDocument>> byId(TenantId tenant, long id);

    /** In order of priority, then id. */
    Uni<List<PolicyDocument>> all(TenantId tenant);

    /** What was saved or deleted after {@code epoch}, in that order; from 0 all that exist. Commits in order of epoch, so none is ever missed. */
    Uni<List<PolicyDocument>> changedSince(TenantId tenant, long epoch);

    sealed interface Saved {

        record Done(PolicyDocument policy) implements Saved {}

        /**
         * @param current the revision that is there
         */
        record Conflict(int current) implements Saved {}

        record Unknown() implements Saved {}
    }
}
