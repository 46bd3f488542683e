package io.infraai.simulators.kubernetes;

import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** Rolls a deployment's template out over ReplicaSets, by the rules of the real controller. */
final class DeploymentController {

    private static final String REVISION = "deployment.kubernetes.io/revision";
    private static final String HASH = "pod-template-hash";

    private final ObjectStore store;
    private final EventRecorder events;
    private final Identities identities;
    private final InstantSource clock;

    DeploymentController(ObjectStore store, EventRecorder events, Identities identities, InstantSource clock) {
        this.store = store;
        this.events = events;
        this.identities = identities;
        this.clock = clock;
    }

    void reconcile(Stored deployment) {
        var current = currentSet(deployment);
        var old = sets(deployment).stream()
                .filter(set -> !set.uid().equals(current.uid()))
                .toList();
        int desired = replicas(deployment);
        if (deployment.at("spec", "strategy", "type").asText().equals("Recreate")) {
            old.forEach(set -> scale(deployment, set, 0));
            if (old.stream().allMatch(set -> store.childrenOf(set.uid()).isEmpty())) {
                scale(deployment, current, desired);
            }
        } else if (!grow(deployment, current, old)) {
            shrink(deployment, current, old);
        }
        if (done(deployment, current, old)) {
            prune(deployment, old);
        }
        updateStatus(deployment);
    }

    private Stored currentSet(Stored deployment) {
        var all = sets(deployment);
        long newest =
                all.stream().mapToLong(DeploymentController::revision).max().orElse(0);
        var known = all.stream().filter(set -> sameTemplate(deployment, set)).findFirst();
        if (known.isEmpty()) {
            return create(deployment, newest + 1);
        }
        var set = known.get();
        if (revision(set) == newest) {
            return set;
        }
        var draft = set.draft();
        Json.child(Json.child(draft, "metadata"), "annotations").put(REVISION, Long.toString(newest + 1));
        return store.put(ResourceKind.REPLICA_SET, draft);
    }

    private Stored create(Stored deployment, long revision) {
        var template = (ObjectNode) deployment.at("spec", "template").deepCopy();
        var hash = Identities.hash(template.toString());
        Json.child(Json.child(template, "metadata"), "labels").put(HASH, hash);
        var set = Json.object().put("kind", "ReplicaSet").put("apiVersion", "apps/v1");
        var metadata = set.putObject("metadata")
                .put("name", deployment.key().name() + "-" + hash)
                .put("namespace", deployment.key().namespace())
                .put("uid", identities.uid())
                .put("creationTimestamp", Json.time(clock.instant()))
                .put("generation", 1);
        metadata.set("labels", Json.at(template, "metadata", "labels").deepCopy());
        metadata.putObject("annotations").put(REVISION, Long.toString(revision));
        Owners.refer(metadata, deployment);
        var spec = set.putObject("spec").put("replicas", 0);
        var selector = (ObjectNode) deployment.at("spec", "selector").deepCopy();
        Json.child(selector, "matchLabels").put(HASH, hash);
        spec.set("selector", selector);
        spec.set("template", template);
        set.putObject("status").put("replicas", 0);
        return store.put(ResourceKind.REPLICA_SET, set);
    }

    /** Whether the current set was scaled, in which case the others wait. */
    private boolean grow(Stored deployment, Stored current, List<Stored> old) {
        int desired = replicas(deployment);
        int has = replicas(current);
        if (has > desired) {
            return scale(deployment, current, desired);
        }
        int room = desired + surge(deployment) - has - total(old);
        return room > 0 && scale(deployment, current, Math.min(desired, has + room));
    }

    private void shrink(Stored deployment, Stored current, List<Stored> old) {
        int desired = replicas(deployment);
        int minimum = desired - unavailable(deployment);
        int missing = replicas(current) - available(current);
        int allowed = replicas(current) + total(old) - minimum - missing;
        int usable = available(current)
                + old.stream().mapToInt(DeploymentController::available).sum()
                - minimum;
        for (var set : old) {
            int ill = Math.min(Math.max(0, allowed), Math.max(0, replicas(set) - available(set)));
            int well = Math.min(Math.max(0, usable), replicas(set) - ill);
            well = Math.min(well, Math.max(0, allowed - ill));
            allowed -= ill + well;
            usable -= well;
            scale(deployment, set, replicas(set) - ill - well);
        }
    }

    private boolean scale(Stored deployment, Stored set, int replicas) {
        var current = store.get(set.key());
        if (current == null || replicas(current) == replicas) {
            return false;
        }
        var draft = current.draft();
        Json.child(draft, "spec").put("replicas", replicas);
        var metadata = Json.child(draft, "metadata");
        metadata.put("generation", metadata.path("generation").asLong() + 1);
        Json.child(metadata, "annotations")
                .put("deployment.kubernetes.io/desired-replicas", Integer.toString(replicas(deployment)));
        store.put(ResourceKind.REPLICA_SET, draft);
        var direction = replicas > replicas(current) ? "up" : "down";
        events.normal(
                deployment,
                "deployment-controller",
                "ScalingReplicaSet",
                "Scaled %s replica set %s from %d to %d"
                        .formatted(direction, set.key().name(), replicas(current), replicas));
        return true;
    }

    private boolean done(Stored deployment, Stored current, List<Stored> old) {
        return total(old) == 0 && available(current) == replicas(deployment);
    }

    private void prune(Stored deployment, List<Stored> old) {
        int kept = deployment.at("spec", "revisionHistoryLimit").asInt(10);
        old.stream()
                .filter(set -> store.childrenOf(set.uid()).isEmpty())
                .sorted(Comparator.comparingLong(DeploymentController::revision))
                .limit(Math.max(0, old.size() - kept))
                .forEach(set -> store.remove(set.key()));
    }

    private void updateStatus(Stored read) {
        var deployment = store.get(read.key());
        if (deployment == null) {
            return;
        }
        var all = sets(deployment);
        var current = all.stream()
                .filter(set -> sameTemplate(deployment, set))
                .findFirst()
                .orElse(null);
        var draft = deployment.draft();
        if (current != null) {
            Json.child(Json.child(draft, "metadata"), "annotations").put(REVISION, Long.toString(revision(current)));
        }
        draft.set("status", status(deployment, all, current));
        if (!draft.equals(deployment.json())) {
            store.put(ResourceKind.DEPLOYMENT, draft);
        }
    }

    private ObjectNode status(Stored deployment, List<Stored> all, @Nullable Stored current) {
        int running = all.stream()
                .mapToInt(set -> set.at("status", "replicas").asInt())
                .sum();
        int available = all.stream().mapToInt(DeploymentController::available).sum();
        int updated = current == null ? 0 : current.at("status", "replicas").asInt();
        var status = Json.object()
                .put(
                        "observedGeneration",
                        deployment.at("metadata", "generation").asLong());
        putUnlessZero(status, "replicas", running);
        putUnlessZero(status, "updatedReplicas", updated);
        putUnlessZero(status, "readyReplicas", available);
        putUnlessZero(status, "availableReplicas", available);
        putUnlessZero(status, "unavailableReplicas", Math.max(0, total(all) - available));
        if (deployment.at("status", "conditions") instanceof ArrayNode known) {
            status.set("conditions", known.deepCopy());
        }
        var complete =
                updated == replicas(deployment) && running == replicas(deployment) && available == replicas(deployment);
        conditions(status, deployment, current == null ? "" : current.key().name(), complete);
        return status;
    }

    private void conditions(ObjectNode status, Stored deployment, String set, boolean complete) {
        var now = clock.instant();
        if (status.path("availableReplicas").asInt() >= replicas(deployment) - unavailable(deployment)) {
            Conditions.set(
                    status, "Available", true, "MinimumReplicasAvailable", "Deployment has minimum availability.", now);
        } else {
            Conditions.set(
                    status,
                    "Available",
                    false,
                    "MinimumReplicasUnavailable",
                    "Deployment does not have minimum availability.",
                    now);
        }
        Conditions.set(
                status,
                "Progressing",
                true,
                complete ? "NewReplicaSetAvailable" : "ReplicaSetUpdated",
                "ReplicaSet \"%s\" %s".formatted(set, complete ? "has successfully progressed." : "is progressing."),
                now);
    }

    private List<Stored> sets(Stored deployment) {
        return store.childrenOf(deployment.uid());
    }

    private static void putUnlessZero(ObjectNode status, String field, int value) {
        if (value != 0) {
            status.put(field, value);
        }
    }

    private static boolean sameTemplate(Stored deployment, Stored set) {
        var template = set.at("spec", "template").deepCopy();
        if (Json.at(template, "metadata", "labels") instanceof ObjectNode labels) {
            labels.remove(HASH);
        }
        return template.equals(deployment.at("spec", "template"));
    }

    private static long revision(Stored set) {
        return set.at("metadata", "annotations", REVISION).asLong();
    }

    private static int replicas(Stored object) {
        return object.at("spec", "replicas").asInt(1);
    }

    private static int available(Stored set) {
        return set.at("status", "availableReplicas").asInt();
    }

    private static int total(List<Stored> sets) {
        return sets.stream().mapToInt(DeploymentController::replicas).sum();
    }

    private static int surge(Stored deployment) {
        return share(deployment.at("spec", "strategy", "rollingUpdate", "maxSurge"), replicas(deployment), true);
    }

    private static int unavailable(Stored deployment) {
        int share = share(
                deployment.at("spec", "strategy", "rollingUpdate", "maxUnavailable"), replicas(deployment), false);
        return share == 0 && surge(deployment) == 0 ? 1 : Math.min(share, replicas(deployment));
    }

    /** A number, or a percentage of all; a quarter when nothing is said. */
    static int share(JsonNode value, int all, boolean up) {
        if (value.isNumber()) {
            return value.asInt();
        }
        var text = value.asText("25%");
        int percent = Integer.parseInt((text.isEmpty() ? "25%" : text).replace("%", ""));
        return up ? Math.ceilDiv(all * percent, 100) : all * percent / 100;
    }
}
