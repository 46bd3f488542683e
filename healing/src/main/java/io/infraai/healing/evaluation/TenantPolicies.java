package io.infraai.healing.evaluation;

import java.util.List;

import org.jboss.logging.Logger;

import io.infraai.contracts.identity.TenantId;
import io.infraai.contracts.policy.PolicyDocument;
import io.infraai.policies.ActionPlanner;
import io.infraai.policies.PolicyEvaluator;
import io.infraai.policies.PolicyIndex;
import io.infraai.policies.PolicyReader;
import io.infraai.policies.PolicyReading.Invalid;
import io.infraai.policies.PolicyReading.Valid;

/** One tenant's policies, compiled. Readers are never held up by a change. */
final class TenantPolicies {

    private static final Logger LOG = Logger.getLogger(TenantPolicies.class);

    private final TenantId tenant;
    private final PolicyReader reader;
    private final PolicyIndex index = new PolicyIndex();
    private final PolicyEvaluator evaluator;
    private volatile long epoch;

    TenantPolicies(TenantId tenant, PolicyReader reader, ActionPlanner planner) {
        this.tenant = tenant;
        this.reader = reader;
        this.evaluator = new PolicyEvaluator(index, planner);
    }

    PolicyEvaluator evaluator() {
        return evaluator;
    }

    long epoch() {
        return epoch;
    }

    /** In the order of their epochs; a change that is known already does no harm. */
    synchronized void apply(List<PolicyDocument> changes) {
        for (var change : changes) {
            if (change.deleted()) {
                index.remove(change.id());
            } else {
                apply(change);
            }
            epoch = Math.max(epoch, change.epoch());
        }
    }

    private void apply(PolicyDocument change) {
        switch (reader.readStored(tenant, change.id(), change.revision(), change.document())) {
            case Valid(var policy, var _) when policy.enabled() -> index.put(policy);
            case Valid _ -> index.remove(change.id());
            case Invalid(var faults) -> {
                index.remove(change.id());
                LOG.errorf("Policy %d of tenant %s can't be read and is out of force: %s", change.id(), tenant, faults);
            }
        }
    }
}
