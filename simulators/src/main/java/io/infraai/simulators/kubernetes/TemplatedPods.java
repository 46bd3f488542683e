package io.infraai.simulators.kubernetes;

import java.time.InstantSource;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Makes pods from the templates of what controls them. */
final class TemplatedPods {

    /** Tells which template a pod of a StatefulSet or DaemonSet was made from. */
    static final String HASH = "controller-revision-hash";

    private final Identities identities;
    private final InstantSource clock;

    TemplatedPods(Identities identities, InstantSource clock) {
        this.identities = identities;
        this.clock = clock;
    }

    /** A pod that isn't stored yet. */
    ObjectNode draft(Stored owner, String name) {
        var pod = Json.object().put("kind", "Pod").put("apiVersion", "v1");
        var template = owner.at("spec", "template");
        var metadata = pod.putObject("metadata");
        if (template.path("metadata") instanceof ObjectNode described) {
            metadata.setAll(described.deepCopy());
        }
        metadata.put("name", name)
                .put("namespace", owner.key().namespace())
                .put("uid", identities.uid())
                .put("creationTimestamp", Json.time(clock.instant()));
        Owners.refer(metadata, owner);
        pod.set("spec", template.path("spec").deepCopy());
        PodStatus.pending(pod);
        return pod;
    }

    /** The same, marked with its template. */
    ObjectNode marked(Stored owner, String name) {
        var pod = draft(owner, name);
        Json.child(Json.child(pod, "metadata"), "labels").put(HASH, hash(owner));
        return pod;
    }

    static boolean latest(Stored owner, Stored pod) {
        return pod.at("metadata", "labels", HASH).asText().equals(hash(owner));
    }

    private static String hash(Stored owner) {
        return Identities.hash(owner.at("spec", "template").toString());
    }
}
