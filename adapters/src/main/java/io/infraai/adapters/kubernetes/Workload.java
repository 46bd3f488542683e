package io.infraai.adapters.kubernetes;

import org.jspecify.annotations.Nullable;

import io.infraai.contracts.tool.Tool.Identified;

import static io.infraai.contracts.tool.FailureReason.TARGET_NOT_FOUND;

/** What keeps pods running: the kinds whose template and count the tools change. */
enum Workload {
    DEPLOYMENT(ApiKind.DEPLOYMENT),
    STATEFUL_SET(ApiKind.STATEFUL_SET),
    DAEMON_SET(ApiKind.DAEMON_SET);

    static final String DEFAULT = "deployment";
    static final String SCALABLE = "^(deployment|statefulset)$";
    static final String ANY = "^(deployment|statefulset|daemonset)$";

    /**
     * @param generation of the spec when it was identified
     * @param replicas wanted then; of a daemonset, one for each of its nodes
     */
    record Identity(String uid, long generation, int replicas) {

        GuardedWrite.Self self() {
            return new GuardedWrite.Self(uid, generation, "");
        }
    }

    private final ApiKind kind;

    Workload(ApiKind kind) {
        this.kind = kind;
    }

    /** @param kind in lower case, checked against one of the patterns; null for a deployment */
    static ObjectPlace place(@Nullable String kind, String namespace, String name) {
        var asked = kind == null ? DEFAULT : kind;
        for (var workload : values()) {
            if (workload.kind.lowerCase().equals(asked)) {
                return workload.kind.named(namespace, name);
            }
        }
        throw new IllegalArgumentException("No kind of workload: " + asked);
    }

    static Identified<Identity> identify(KubernetesApi api, ObjectPlace place) {
        return api.get(place)
                .<Identified<Identity>>map(
                        found -> new Identified.Found<>(new Identity(found.uid(), found.generation(), replicas(found))))
                .orElseGet(() -> Identified.NotFound.because(TARGET_NOT_FOUND, "There is no " + place.shown()));
    }

    static int replicas(ApiObject workload) {
        return workload.kind().equals("DaemonSet")
                ? workload.at("/status/desiredNumberScheduled").asInt()
                : workload.at("/spec/replicas").asInt(1);
    }
}
