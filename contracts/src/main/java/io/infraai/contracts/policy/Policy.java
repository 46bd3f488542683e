package io.infraai.contracts.policy;

import java.util.List;

import io.infraai.contracts.identity.TenantId;

/**
 * A policy as the evaluator uses it. Only what {@code policies} has read and checked becomes one.
 *
 * @param priority lower goes first; ties go by id
 * @param continues whether policies after this one may act on the same alert too
 * @param verification says nothing of a tool that only looks
 * @param onFailure what is done, one after the other, while what was done before is found not to have helped
 */
public record Policy(
        TenantId tenant,
        long id,
        int revision,
        String name,
        Condition condition,
        PolicyAction action,
        int priority,
        PolicyMode mode,
        boolean enabled,
        boolean continues,
        Limits limits,
        Verification verification,
        List<PolicyAction> onFailure) {

    public Policy {
        onFailure = List.copyOf(onFailure);
    }
}
