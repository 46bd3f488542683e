package io.infraai.adapters.kubernetes;

import java.util.Locale;

/**
 * A kind of object as the API server serves it.
 *
 * @param group empty for the core group
 */
record ApiKind(String kind, String group, String version, String plural, boolean namespaced) {

    static final ApiKind POD = new ApiKind("Pod", "", "v1", "pods", true);
    static final ApiKind NODE = new ApiKind("Node", "", "v1", "nodes", false);
    static final ApiKind EVENT = new ApiKind("Event", "", "v1", "events", true);
    static final ApiKind DEPLOYMENT = new ApiKind("Deployment", "apps", "v1", "deployments", true);
    static final ApiKind STATEFUL_SET = new ApiKind("StatefulSet", "apps", "v1", "statefulsets", true);
    static final ApiKind DAEMON_SET = new ApiKind("DaemonSet", "apps", "v1", "daemonsets", true);
    static final ApiKind REPLICA_SET = new ApiKind("ReplicaSet", "apps", "v1", "replicasets", true);

    String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    /** As tools ask for it, and as target keys spell it. */
    String lowerCase() {
        return kind.toLowerCase(Locale.ROOT);
    }

    /** Whether its objects hold what nobody outside may see, whatever group it is of. */
    boolean secret() {
        return kind.equals("Secret");
    }

    ObjectPlace named(String namespace, String name) {
        return new ObjectPlace(this, namespace, name);
    }

    /** The path of all objects, of one namespace unless that is empty. */
    String path(String namespace) {
        var base = group.isEmpty() ? "/api/" + version : "/apis/" + group + "/" + version;
        return namespace.isEmpty() ? base + "/" + plural : base + "/namespaces/" + namespace + "/" + plural;
    }
}
