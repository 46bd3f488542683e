package io.infraai.simulators.kubernetes;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

enum ResourceKind {
    NAMESPACE("", "v1", "namespaces", "Namespace", false, "ns"),
    NODE("", "v1", "nodes", "Node", false, "no"),
    POD("", "v1", "pods", "Pod", true, "po"),
    EVENT("", "v1", "events", "Event", true, "ev"),
    CONFIG_MAP("", "v1", "configmaps", "ConfigMap", true, "cm"),
    SECRET("", "v1", "secrets", "Secret", true, "sec"),
    DEPLOYMENT("apps", "v1", "deployments", "Deployment", true, "deploy"),
    REPLICA_SET("apps", "v1", "replicasets", "ReplicaSet", true, "rs"),
    STATEFUL_SET("apps", "v1", "statefulsets", "StatefulSet", true, "sts"),
    DAEMON_SET("apps", "v1", "daemonsets", "DaemonSet", true, "ds"),
    /** A custom resource, as KEDA brings it: nothing acts on it here. */
    SCALED_OBJECT("keda.sh", "v1alpha1", "scaledobjects", "ScaledObject", true, "so"),
    DISRUPTION_BUDGET("policy", "v1", "poddisruptionbudgets", "PodDisruptionBudget", true, "pdb");

    private static final Map<String, ResourceKind> BY_PATH = Arrays.stream(values())
            .collect(Collectors.toUnmodifiableMap(kind -> kind.apiVersion() + "/" + kind.plural, Function.identity()));

    private final String group;
    private final String version;
    private final String plural;
    private final String kind;
    private final boolean namespaced;
    private final String shortName;

    ResourceKind(String group, String version, String plural, String kind, boolean namespaced, String shortName) {
        this.group = group;
        this.version = version;
        this.plural = plural;
        this.kind = kind;
        this.namespaced = namespaced;
        this.shortName = shortName;
    }

    /** @param apiVersion such as {@code v1} or {@code apps/v1} */
    static Optional<ResourceKind> of(String apiVersion, String plural) {
        return Optional.ofNullable(BY_PATH.get(apiVersion + "/" + plural));
    }

    static List<ResourceKind> in(String group) {
        return Arrays.stream(values()).filter(kind -> kind.group.equals(group)).toList();
    }

    String version() {
        return version;
    }

    String group() {
        return group;
    }

    String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    String plural() {
        return plural;
    }

    String kind() {
        return kind;
    }

    boolean namespaced() {
        return namespaced;
    }

    String shortName() {
        return shortName;
    }

    /** As error messages name it: {@code pods}, {@code deployments.apps}. */
    String qualified() {
        return group.isEmpty() ? plural : plural + "." + group;
    }

    /** As validation messages name it: {@code Pod}, {@code Deployment.apps}. */
    String qualifiedKind() {
        return group.isEmpty() ? kind : kind + "." + group;
    }

    boolean hasGeneration() {
        return switch (this) {
            case POD, DEPLOYMENT, REPLICA_SET, STATEFUL_SET, DAEMON_SET, SCALED_OBJECT, DISRUPTION_BUDGET -> true;
            case NAMESPACE, NODE, EVENT, CONFIG_MAP, SECRET -> false;
        };
    }
}
