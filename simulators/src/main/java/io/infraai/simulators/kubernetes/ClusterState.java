package io.infraai.simulators.kubernetes;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** All that the cluster knows, behind one lock: every write and what the controllers make of it is one step. */
final class ClusterState {

    private final ReentrantLock lock = new ReentrantLock();
    private final ObjectStore store = new ObjectStore();
    private final Watches watches = new Watches(store);
    private final Kubelet kubelet;
    private final Resources resources;
    private final Reconciler reconciler;
    private final MetricsApi metrics;
    private final PodLogs logs;
    private final EventRecorder events;
    private volatile boolean olderEvictions;

    ClusterState(ClusterConfig config, Timers timers) {
        var clock = config.clock();
        var identities = new Identities(config.seed());
        events = new EventRecorder(store, identities, clock);
        kubelet = new Kubelet(store, events, (delay, action) -> timers.after(delay, () -> run(action)), config);
        var budgets = new DisruptionBudgets(store, kubelet);
        logs = new PodLogs(clock);
        resources = new Resources(store, kubelet, budgets, identities, clock);
        var templates = new TemplatedPods(identities, clock);
        metrics = new MetricsApi(store, clock);
        reconciler = new Reconciler(
                store,
                kubelet,
                new ReplicaSetController(store, kubelet, events, identities, templates),
                new DeploymentController(store, events, identities, clock),
                new StatefulSetController(store, kubelet, templates),
                new DaemonSetController(store, kubelet, templates, identities),
                budgets);
    }

    <T> T call(Supplier<T> step) {
        lock.lock();
        try {
            var result = step.get();
            reconciler.settle();
            return result;
        } finally {
            lock.unlock();
        }
    }

    void run(Runnable step) {
        call(() -> {
            step.run();
            return true;
        });
    }

    /** Whether the version of evictions before {@code policy/v1} is the only one. */
    boolean olderEvictions() {
        return olderEvictions;
    }

    void olderEvictionsOnly() {
        olderEvictions = true;
    }

    ObjectStore store() {
        return store;
    }

    Resources resources() {
        return resources;
    }

    MetricsApi metrics() {
        return metrics;
    }

    PodLogs logs() {
        return logs;
    }

    EventRecorder events() {
        return events;
    }

    Kubelet kubelet() {
        return kubelet;
    }

    Watches watches() {
        return watches;
    }
}
