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
    DEPLOYMENT("apps", "v1", "deployments", "Deployment", true, "deploy"),
    REPLICA_SET("apps", "v1", "replicasets", "ReplicaSet", true, "rs"),
    DISRUPTION_BUDGET("policy", "v1", "poddisruptionbudgets", "PodDisruptionBudget", true, "pdb");

    private static final Map<String, ResourceKind> BY_PATH = Arrays.stream(values())
            .collect(Collectors.toUnmodifiableMap(kind -> kind.group + "/" + kind.plural, Function.identity()));

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

    static Optional<ResourceKind> of(String group, String plural) {
        return Optional.ofNullable(BY_PATH.get(group + "/" + plural));
    }

    static List<ResourceKind> in(String group) {
        return Arrays.stream(values()).filter(kind -> kind.group.equals(group)).toList();
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
        return this == DEPLOYMENT || this == REPLICA_SET || this == DISRUPTION_BUDGET || this == POD;
    }
}
