package io.infraai.simulators.kubernetes;

import java.util.List;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Says whether a pod may be evicted, and keeps the budgets' statuses. */
final class DisruptionBudgets {

    private final ObjectStore store;
    private final Kubelet kubelet;

    private record Count(int healthy, int desired, int expected) {

        int allowed() {
            return Math.max(0, healthy - desired);
        }
    }

    DisruptionBudgets(ObjectStore store, Kubelet kubelet) {
        this.store = store;
        this.kubelet = kubelet;
    }

    List<Stored> covering(Stored pod) {
        return store.list(ResourceKind.DISRUPTION_BUDGET, pod.key().namespace()).stream()
                .filter(budget -> Selector.of(budget.at("spec", "selector")).matches(pod.labels()))
                .toList();
    }

    /** Fails as the eviction does when a budget stands against it. */
    void check(Stored pod) {
        var phase = pod.at("status", "phase").asText();
        if (pod.terminating() || !phase.equals("Running")) {
            return;
        }
        for (var budget : covering(pod)) {
            var count = count(budget);
            // an ill pod may go while enough others are well: removing it costs no availability
            var harmless = !PodStatus.ready(pod)
                    && (budget.at("spec", "unhealthyPodEvictionPolicy").asText().equals("AlwaysAllow")
                            || (count.desired() > 0 && count.healthy() >= count.desired()));
            if (!harmless && count.allowed() == 0) {
                throw ApiFailure.disruptionBudget("The disruption budget %s needs %d healthy pods and has %d currently"
                        .formatted(budget.key().name(), count.desired(), count.healthy()));
            }
        }
    }

    void reconcile(Stored budget) {
        var count = count(budget);
        var status = Json.object()
                .put("currentHealthy", count.healthy())
                .put("desiredHealthy", count.desired())
                .put("disruptionsAllowed", count.allowed())
                .put("expectedPods", count.expected())
                .put("observedGeneration", budget.at("metadata", "generation").asLong());
        if (!status.equals(budget.at("status"))) {
            ObjectNode draft = budget.draft();
            draft.set("status", status);
            store.put(ResourceKind.DISRUPTION_BUDGET, draft);
        }
    }

    private Count count(Stored budget) {
        var selector = Selector.of(budget.at("spec", "selector"));
        var pods = store.list(ResourceKind.POD, budget.key().namespace()).stream()
                .filter(pod -> selector.matches(pod.labels()))
                .toList();
        int healthy = (int) pods.stream()
                .filter(pod -> !pod.terminating() && PodStatus.ready(pod))
                .count();
        var minimum = budget.at("spec", "minAvailable");
        if (minimum.isNumber()) {
            return new Count(healthy, minimum.asInt(), pods.size());
        }
        int expected = pods.stream()
                .map(kubelet::workload)
                .distinct()
                .mapToInt(this::replicas)
                .sum();
        if (!minimum.isMissingNode()) {
            return new Count(healthy, DeploymentController.share(minimum, expected, true), expected);
        }
        var most = budget.at("spec", "maxUnavailable");
        return new Count(healthy, Math.max(0, expected - DeploymentController.share(most, expected, true)), expected);
    }

    private int replicas(ObjectKey workload) {
        var found = store.get(workload);
        return found == null || workload.kind() == ResourceKind.POD
                ? 1
                : found.at("spec", "replicas").asInt(1);
    }
}
