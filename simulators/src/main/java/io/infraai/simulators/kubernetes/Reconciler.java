package io.infraai.simulators.kubernetes;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/** Runs the controllers until nothing is left to do; what a write touches is looked at again. */
final class Reconciler {

    /** From the bottom up, so that whoever sums up sees what is below it finished. */
    private static final List<ResourceKind> ORDER = List.of(
            ResourceKind.POD,
            ResourceKind.REPLICA_SET,
            ResourceKind.STATEFUL_SET,
            ResourceKind.DAEMON_SET,
            ResourceKind.DEPLOYMENT,
            ResourceKind.DISRUPTION_BUDGET);

    private final ObjectStore store;
    private final Kubelet kubelet;
    private final ReplicaSetController replicaSets;
    private final DeploymentController deployments;
    private final StatefulSetController statefulSets;
    private final DaemonSetController daemonSets;
    private final DisruptionBudgets budgets;
    private final Map<ResourceKind, Set<ObjectKey>> touched = new EnumMap<>(ResourceKind.class);
    private final Deque<Stored> orphans = new ArrayDeque<>();

    Reconciler(
            ObjectStore store,
            Kubelet kubelet,
            ReplicaSetController replicaSets,
            DeploymentController deployments,
            StatefulSetController statefulSets,
            DaemonSetController daemonSets,
            DisruptionBudgets budgets) {
        this.store = store;
        this.kubelet = kubelet;
        this.replicaSets = replicaSets;
        this.deployments = deployments;
        this.statefulSets = statefulSets;
        this.daemonSets = daemonSets;
        this.budgets = budgets;
        ORDER.forEach(kind -> touched.put(kind, new LinkedHashSet<>()));
        store.listen(this::observe);
    }

    void settle() {
        while (true) {
            var orphan = orphans.pollFirst();
            if (orphan != null) {
                collect(orphan);
                continue;
            }
            var next = next();
            if (next == null) {
                return;
            }
            var object = store.get(next);
            if (object != null) {
                reconcile(object);
            }
        }
    }

    private void reconcile(Stored object) {
        switch (object.key().kind()) {
            case POD -> kubelet.admit(object);
            case REPLICA_SET -> replicaSets.reconcile(object);
            case DEPLOYMENT -> deployments.reconcile(object);
            case STATEFUL_SET -> statefulSets.reconcile(object);
            case DAEMON_SET -> daemonSets.reconcile(object);
            case DISRUPTION_BUDGET -> budgets.reconcile(object);
            case NAMESPACE, NODE, EVENT, CONFIG_MAP, SECRET, SCALED_OBJECT -> {}
        }
    }

    private void observe(Change change) {
        var latest = change.after() == null ? change.before() : change.after();
        if (latest == null) {
            return;
        }
        switch (change.key().kind()) {
            case POD -> {
                if (change.before() == null) {
                    touch(change.key());
                }
                var set = Owners.controller(store, latest);
                touch(set);
                touch(set == null ? null : Owners.controller(store, set));
                budgets.covering(latest).forEach(this::touch);
            }
            case REPLICA_SET -> {
                touch(change.key());
                touch(Owners.controller(store, latest));
            }
            case DEPLOYMENT, STATEFUL_SET, DAEMON_SET, DISRUPTION_BUDGET -> touch(change.key());
            case NODE -> {
                store.list(ResourceKind.POD, null).stream()
                        .filter(pod -> Json.text(pod.json(), "spec", "nodeName").isEmpty())
                        .forEach(this::touch);
                store.list(ResourceKind.DAEMON_SET, null).forEach(this::touch);
            }
            case NAMESPACE, EVENT, CONFIG_MAP, SECRET, SCALED_OBJECT -> {}
        }
        if (change.after() == null) {
            orphans.addAll(store.childrenOf(latest.uid()));
        }
    }

    private void collect(Stored orphan) {
        if (orphan.key().kind() == ResourceKind.POD) {
            var pod = store.get(orphan.key());
            if (pod != null && pod.uid().equals(orphan.uid())) {
                kubelet.terminate(pod, null);
            }
        } else {
            store.remove(orphan.key());
        }
    }

    private void touch(@Nullable Stored object) {
        if (object != null) {
            touch(object.key());
        }
    }

    private void touch(ObjectKey key) {
        touched.computeIfAbsent(key.kind(), _ -> new LinkedHashSet<>()).add(key);
    }

    private @Nullable ObjectKey next() {
        for (var kind : ORDER) {
            var keys = touched.getOrDefault(kind, Set.of()).iterator();
            if (keys.hasNext()) {
                var key = keys.next();
                keys.remove();
                return key;
            }
        }
        return null;
    }
}
