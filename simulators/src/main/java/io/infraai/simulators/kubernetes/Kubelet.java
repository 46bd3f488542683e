package io.infraai.simulators.kubernetes;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** Schedules, starts, breaks and stops pods. */
final class Kubelet {

    private static final int ALL = Integer.MAX_VALUE;

    /** A breakage that a workload's new pods inherit while fewer than this many pods have it. */
    private record Inheritance(Breakage breakage, int pods) {}

    private final ObjectStore store;
    private final EventRecorder events;
    private final InstantSource clock;
    private final Timers timers;
    private final Duration readyAfter;
    private final Duration terminationGrace;
    private final Map<String, Breakage> broken = new HashMap<>();
    private final Map<ObjectKey, Inheritance> inherited = new HashMap<>();
    private int started;

    Kubelet(ObjectStore store, EventRecorder events, Timers timers, ClusterConfig config) {
        this.store = store;
        this.events = events;
        this.timers = timers;
        this.clock = config.clock();
        this.readyAfter = config.readyAfter();
        this.terminationGrace = config.terminationGrace();
    }

    /** Takes a new pod in; it runs, or breaks, once its time has passed. */
    void admit(Stored pod) {
        if (pod.at("status").has("startTime") || pod.terminating()) {
            return;
        }
        var node = nodeFor(pod);
        if (node.isEmpty()) {
            events.warning(
                    pod, "default-scheduler", "FailedScheduling", "0 nodes are available: all were unschedulable.");
            return;
        }
        var draft = pod.draft();
        var name = node.get().key().name();
        Json.child(draft, "spec").put("nodeName", name);
        PodStatus.starting(draft, Json.text(node.get().at("status", "addresses").path(0), "address"), clock.instant());
        var scheduled = store.put(ResourceKind.POD, draft);
        events.normal(
                scheduled,
                "default-scheduler",
                "Scheduled",
                "Successfully assigned %s/%s to %s"
                        .formatted(pod.key().namespace(), pod.key().name(), name));
        if (readyAfter.isZero()) {
            start(pod.key(), pod.uid());
        } else {
            timers.after(readyAfter, () -> start(pod.key(), pod.uid()));
        }
    }

    /** The node it is bound to already, else the next that takes pods. */
    private Optional<Stored> nodeFor(Stored pod) {
        var bound = Json.text(pod.json(), "spec", "nodeName");
        started++;
        if (!bound.isEmpty()) {
            return Optional.ofNullable(store.get(new ObjectKey(ResourceKind.NODE, "", bound)));
        }
        var open = store.list(ResourceKind.NODE, "").stream()
                .filter(node -> !node.at("spec", "unschedulable").asBoolean())
                .toList();
        return open.isEmpty() ? Optional.empty() : Optional.of(open.get(started % open.size()));
    }

    /**
     * Begins to delete a pod, or ends it at once without grace.
     *
     * @param graceSeconds what was asked for, null for what the pod says itself
     * @return the pod as deleted
     */
    ObjectNode terminate(Stored pod, @Nullable Long graceSeconds) {
        var asked = graceSeconds == null
                ? pod.at("spec", "terminationGracePeriodSeconds").asLong(30)
                : Math.max(0, graceSeconds);
        var grace = Duration.ofSeconds(asked).compareTo(terminationGrace) < 0
                ? Duration.ofSeconds(asked)
                : terminationGrace;
        if (pod.terminating() && asked > 0) {
            return pod.json();
        }
        var draft = pod.draft();
        Json.child(draft, "metadata")
                .put("deletionTimestamp", Json.time(clock.instant().plusSeconds(asked)))
                .put("deletionGracePeriodSeconds", asked);
        if (!pod.terminating()) {
            events.normal(pod, "kubelet", "Killing", "Stopping container " + firstContainer(pod));
        }
        if (grace.isZero()) {
            end(pod.key(), pod.uid());
            return draft;
        }
        var terminating = store.put(ResourceKind.POD, draft);
        timers.after(grace, () -> end(pod.key(), pod.uid()));
        return terminating.json();
    }

    /** Makes a pod ill; where nothing heals it, its replacement falls ill as well. */
    void breakPod(Stored pod, Breakage how, Heals heals) {
        breakNow(pod, how);
        if (heals == Heals.NEVER) {
            inherited.put(workload(pod), new Inheritance(how, 1));
        }
    }

    /** Makes all pods of a deployment ill; where nothing heals them, all later ones as well. */
    void breakDeployment(Stored deployment, Breakage how, Heals heals) {
        podsOf(deployment).forEach(pod -> breakNow(pod, how));
        if (heals == Heals.NEVER) {
            inherited.put(deployment.key(), new Inheritance(how, ALL));
        }
    }

    /** Makes a pod, or all pods of a deployment, well, and those to come. */
    void heal(Stored target) {
        if (target.key().kind() == ResourceKind.POD) {
            inherited.remove(workload(target));
            healNow(target);
        } else {
            inherited.remove(target.key());
            podsOf(target).forEach(this::healNow);
        }
    }

    /** The deployment that a pod belongs to, else its ReplicaSet, else the pod itself. */
    ObjectKey workload(Stored pod) {
        var owner = Owners.controller(store, pod);
        if (owner == null) {
            return pod.key();
        }
        var above = Owners.controller(store, owner);
        return above == null ? owner.key() : above.key();
    }

    /** A deployment's pods that aren't terminating. */
    List<Stored> podsOf(Stored deployment) {
        return store.childrenOf(deployment.uid()).stream()
                .flatMap(set -> store.childrenOf(set.uid()).stream())
                .filter(pod -> !pod.terminating())
                .toList();
    }

    private void start(ObjectKey key, String uid) {
        var pod = store.get(key);
        if (pod == null || !pod.uid().equals(uid) || pod.terminating() || broken.containsKey(uid)) {
            return;
        }
        var inheritance = inheritance(pod);
        if (inheritance.isPresent()) {
            breakNow(pod, inheritance.get());
            return;
        }
        var draft = pod.draft();
        PodStatus.running(draft, "10.244.%d.%d".formatted(started / 250 % 250, 1 + started % 250), clock.instant());
        var running = store.put(ResourceKind.POD, draft);
        var container = firstContainer(pod);
        events.normal(running, "kubelet", "Pulled", "Container image already present on machine");
        events.normal(running, "kubelet", "Created", "Created container: " + container);
        events.normal(running, "kubelet", "Started", "Started container " + container);
    }

    private Optional<Breakage> inheritance(Stored pod) {
        var found = inherited.get(workload(pod));
        if (found == null) {
            return Optional.empty();
        }
        var owner = Owners.controller(store, pod);
        var ill = owner == null
                ? 0
                : store.childrenOf(owner.uid()).stream()
                        .filter(sibling -> !sibling.terminating() && broken.containsKey(sibling.uid()))
                        .count();
        return ill < found.pods() ? Optional.of(found.breakage()) : Optional.empty();
    }

    private void breakNow(Stored pod, Breakage how) {
        broken.put(pod.uid(), how);
        var draft = pod.draft();
        PodStatus.broken(draft, how, clock.instant());
        var ill = store.put(ResourceKind.POD, draft);
        var container = firstContainer(pod);
        if (how == Breakage.NOT_READY) {
            events.warning(
                    ill, "kubelet", "Unhealthy", "Readiness probe failed: HTTP probe failed with statuscode: 503");
        } else {
            events.warning(
                    ill,
                    "kubelet",
                    "BackOff",
                    "Back-off restarting failed container %s in pod %s_%s(%s)"
                            .formatted(container, pod.key().name(), pod.key().namespace(), pod.uid()));
        }
    }

    private void healNow(Stored pod) {
        if (broken.remove(pod.uid()) != null) {
            start(pod.key(), pod.uid());
        }
    }

    private void end(ObjectKey key, String uid) {
        var pod = store.get(key);
        if (pod != null && pod.uid().equals(uid)) {
            broken.remove(uid);
            store.remove(key);
        }
    }

    private static String firstContainer(Stored pod) {
        return pod.at("spec", "containers").path(0).path("name").asText();
    }
}
