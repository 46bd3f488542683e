package io.infraai.simulators.kubernetes;

import java.util.List;

/** Keeps numbered pods, one step at a time: up in order, down and renewed from the last. */
final class StatefulSetController {

    private final ObjectStore store;
    private final Kubelet kubelet;
    private final TemplatedPods templates;

    StatefulSetController(ObjectStore store, Kubelet kubelet, TemplatedPods templates) {
        this.store = store;
        this.kubelet = kubelet;
        this.templates = templates;
    }

    void reconcile(Stored set) {
        step(set);
        updateStatus(set);
    }

    private void step(Stored set) {
        var pods = store.childrenOf(set.uid());
        if (pods.stream().anyMatch(Stored::terminating)) {
            return;
        }
        int wanted = set.at("spec", "replicas").asInt(1);
        for (int i = 0; i < wanted; i++) {
            var pod = store.get(named(set, i));
            if (pod == null) {
                store.put(ResourceKind.POD, templates.marked(set, named(set, i).name()));
                return;
            }
            if (!PodStatus.ready(pod)) {
                if (!TemplatedPods.latest(set, pod)) {
                    kubelet.terminate(pod, null);
                }
                return;
            }
        }
        for (int i = Math.max(wanted, pods.size()) - 1; i >= 0; i--) {
            var pod = store.get(named(set, i));
            if (pod != null && (i >= wanted || !TemplatedPods.latest(set, pod))) {
                kubelet.terminate(pod, null);
                return;
            }
        }
    }

    private static ObjectKey named(Stored set, int ordinal) {
        return new ObjectKey(ResourceKind.POD, set.key().namespace(), set.key().name() + "-" + ordinal);
    }

    private void updateStatus(Stored set) {
        List<Stored> pods = store.childrenOf(set.uid());
        int ready = (int) pods.stream()
                .filter(pod -> !pod.terminating() && PodStatus.ready(pod))
                .count();
        int updated = (int)
                pods.stream().filter(pod -> TemplatedPods.latest(set, pod)).count();
        var status = Json.object()
                .put("observedGeneration", set.at("metadata", "generation").asLong())
                .put("replicas", pods.size())
                .put("readyReplicas", ready)
                .put("availableReplicas", ready)
                .put("updatedReplicas", updated)
                .put("currentReplicas", pods.size() - updated);
        if (!status.equals(set.at("status"))) {
            var draft = set.draft();
            draft.set("status", status);
            store.put(ResourceKind.STATEFUL_SET, draft);
        }
    }
}
