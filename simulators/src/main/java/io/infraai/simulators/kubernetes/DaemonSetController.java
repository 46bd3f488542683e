package io.infraai.simulators.kubernetes;

import java.util.List;

/** Keeps one pod on every node, cordoned or not, and renews them one at a time. */
final class DaemonSetController {

    private final ObjectStore store;
    private final Kubelet kubelet;
    private final TemplatedPods templates;
    private final Identities identities;

    DaemonSetController(ObjectStore store, Kubelet kubelet, TemplatedPods templates, Identities identities) {
        this.store = store;
        this.kubelet = kubelet;
        this.templates = templates;
        this.identities = identities;
    }

    void reconcile(Stored set) {
        var nodes = List.copyOf(store.list(ResourceKind.NODE, ""));
        for (var node : nodes) {
            if (store.childrenOf(set.uid()).stream().noneMatch(pod -> on(pod, node))) {
                var pod = templates.marked(set, set.key().name() + "-" + identities.suffix());
                Json.child(pod, "spec").put("nodeName", node.key().name());
                store.put(ResourceKind.POD, pod);
            }
        }
        var pods = store.childrenOf(set.uid());
        if (pods.stream().allMatch(pod -> !pod.terminating() && PodStatus.ready(pod))) {
            pods.stream()
                    .filter(pod -> !TemplatedPods.latest(set, pod))
                    .findFirst()
                    .ifPresent(pod -> kubelet.terminate(pod, null));
        }
        updateStatus(set, nodes.size());
    }

    private static boolean on(Stored pod, Stored node) {
        return Json.text(pod.json(), "spec", "nodeName").equals(node.key().name());
    }

    private void updateStatus(Stored set, int nodes) {
        List<Stored> pods = store.childrenOf(set.uid());
        int ready = (int) pods.stream()
                .filter(pod -> !pod.terminating() && PodStatus.ready(pod))
                .count();
        int updated = (int)
                pods.stream().filter(pod -> TemplatedPods.latest(set, pod)).count();
        var status = Json.object()
                .put("observedGeneration", set.at("metadata", "generation").asLong())
                .put("desiredNumberScheduled", nodes)
                .put("currentNumberScheduled", pods.size())
                .put("numberMisscheduled", 0)
                .put("updatedNumberScheduled", updated)
                .put("numberReady", ready)
                .put("numberAvailable", ready);
        if (!status.equals(set.at("status"))) {
            var draft = set.draft();
            draft.set("status", status);
            store.put(ResourceKind.DAEMON_SET, draft);
        }
    }
}
