package io.infraai.healing.evaluation;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

import io.infraai.contracts.identity.TenantId;
import io.infraai.contracts.stream.PoliciesChanged;
import io.infraai.persistence.policy.PolicyStore;
import io.infraai.persistence.tenancy.Tenants;
import io.infraai.persistence.tenancy.Tenants.Tenant;
import io.infraai.policies.ActionPlanner;
import io.infraai.policies.PolicyEvaluator;
import io.infraai.policies.PolicyReader;

/**
 * Every tenant's policies in memory. A change arrives by its bell, or within a second by its epoch when the bell was lost; only
 * what changed is read.
 */
@ApplicationScoped
class PolicyCache {

    private static final Logger LOG = Logger.getLogger(PolicyCache.class);

    private final PolicyStore store;
    private final Tenants tenants;
    private final AdvertisedTools tools;
    private final PolicyReader reader;
    private final ActionPlanner planner;
    private final Map<TenantId, TenantPolicies> byTenant = new ConcurrentHashMap<>();

    PolicyCache(PolicyStore store, Tenants tenants, AdvertisedTools tools, HealingConfig config) {
        this.store = store;
        this.tenants = tenants;
        this.tools = tools;
        this.reader = new PolicyReader(tools, config.defaultMode());
        this.planner = new ActionPlanner(tools, config.protectedNamespaces());
    }

    /** The tenant's evaluator, once its policies were read for the first time. */
    Uni<PolicyEvaluator> of(TenantId tenant) {
        var known = byTenant.get(tenant);
        return known != null
                ? Uni.createFrom().item(known.evaluator())
                : tools.refresh().chain(() -> refresh(tenant)).map(TenantPolicies::evaluator);
    }

    @Incoming("policies-in")
    Uni<Void> onChanged(PoliciesChanged changed) {
        return refresh(changed.tenant()).replaceWithVoid();
    }

    @Scheduled(every = "{infraai.policies.refresh}", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> catchUp() {
        return tools.refresh()
                .chain(tenants::all)
                .onItem()
                .transformToMulti(all -> Multi.createFrom().iterable(all))
                .select()
                .where(this::hasNews)
                .onItem()
                .transformToUniAndConcatenate(tenant -> refresh(tenant.id()))
                .toUni()
                .onFailure()
                .invoke(e -> LOG.warnf("Policies not refreshed, tried again in a second: %s", e.getMessage()))
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }

    private boolean hasNews(Tenant tenant) {
        var known = byTenant.get(tenant.id());
        return known == null || known.epoch() < tenant.policyEpoch();
    }

    private Uni<TenantPolicies> refresh(TenantId tenant) {
        var known = byTenant.get(tenant);
        var policies = known == null ? new TenantPolicies(tenant, reader, planner) : known;
        return store.changedSince(tenant, policies.epoch()).map(changes -> {
            policies.apply(changes);
            // of two first reads at once either is complete; the first one in stays
            var first = byTenant.putIfAbsent(tenant, policies);
            return first == null ? policies : first;
        });
    }
}
