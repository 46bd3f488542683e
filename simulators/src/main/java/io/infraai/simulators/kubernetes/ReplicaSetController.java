package io.infraai.simulators.kubernetes;

import java.util.Comparator;
import java.util.List;

/** Keeps as many pods as a ReplicaSet asks for. */
final class ReplicaSetController {

    private final ObjectStore store;
    private final Kubelet kubelet;
    private final EventRecorder events;
    private final Identities identities;
    private final TemplatedPods templates;

    ReplicaSetController(
            ObjectStore store, Kubelet kubelet, EventRecorder events, Identities identities, TemplatedPods templates) {
        this.store = store;
        this.kubelet = kubelet;
        this.events = events;
        this.identities = identities;
        this.templates = templates;
    }

    void reconcile(Stored set) {
        var active = store.childrenOf(set.uid()).stream()
                .filter(pod -> !pod.terminating())
                .toList();
        int wanted = set.at("spec", "replicas").asInt(1);
        for (int i = active.size(); i < wanted; i++) {
            create(set);
        }
        if (active.size() > wanted) {
            // newest last in the list: the sort is stable, so of equals the newest go first
            active.reversed().stream()
                    .sorted(Comparator.comparing(PodStatus::ready))
                    .limit(active.size() - wanted)
                    .forEach(pod -> {
                        kubelet.terminate(pod, null);
                        events.normal(
                                set,
                                "replicaset-controller",
                                "SuccessfulDelete",
                                "Deleted pod: " + pod.key().name());
                    });
        }
        updateStatus(set);
    }

    private void create(Stored set) {
        var pod = templates.draft(set, freeName(set));
        Json.child(pod, "metadata").put("generateName", set.key().name() + "-");
        var created = store.put(ResourceKind.POD, pod);
        events.normal(
                set,
                "replicaset-controller",
                "SuccessfulCreate",
                "Created pod: " + created.key().name());
    }

    private String freeName(Stored set) {
        while (true) {
            var name = set.key().name() + "-" + identities.suffix();
            if (store.get(new ObjectKey(ResourceKind.POD, set.key().namespace(), name)) == null) {
                return name;
            }
        }
    }

    private void updateStatus(Stored set) {
        var current = store.get(set.key());
        if (current == null) {
            return;
        }
        List<Stored> active = store.childrenOf(set.uid()).stream()
                .filter(pod -> !pod.terminating())
                .toList();
        int ready = (int) active.stream().filter(PodStatus::ready).count();
        var status = Json.object().put("replicas", active.size());
        if (!active.isEmpty()) {
            status.put("fullyLabeledReplicas", active.size());
        }
        if (ready > 0) {
            status.put("readyReplicas", ready).put("availableReplicas", ready);
        }
        status.put("observedGeneration", current.at("metadata", "generation").asLong());
        if (!status.equals(current.at("status"))) {
            var draft = current.draft();
            draft.set("status", status);
            store.put(ResourceKind.REPLICA_SET, draft);
        }
    }
}
