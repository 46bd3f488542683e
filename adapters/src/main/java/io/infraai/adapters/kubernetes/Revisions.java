package io.infraai.adapters.kubernetes;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** The templates that a deployment had, each kept in a ReplicaSet. */
final class Revisions {

    private static final String REVISION = "deployment.kubernetes.io/revision";
    private static final String HASH = "pod-template-hash";

    /** A deployment keeps ten of them unless it is told otherwise. */
    private static final int READ = 500;

    private Revisions() {}

    /** The ReplicaSets of a deployment, newest first. */
    static List<ApiObject> of(KubernetesApi api, ApiObject deployment) {
        var labels = deployment.at("/spec/selector/matchLabels").properties().stream()
                .map(label -> label.getKey() + "=" + label.getValue().asText())
                .collect(Collectors.joining(","));
        return api
                .list(
                        ApiKind.REPLICA_SET,
                        deployment.namespace(),
                        ListQuery.first(READ).labelled(labels))
                .items()
                .stream()
                .filter(set -> ownedBy(set, deployment.uid()))
                .sorted(Comparator.comparingLong(Revisions::number).reversed())
                .toList();
    }

    static long number(ApiObject object) {
        var revision = object.annotation(REVISION);
        return revision.matches("\\d{1,18}") ? Long.parseLong(revision) : 0;
    }

    /** The template as the deployment had it, without the label that its ReplicaSet added. */
    static ObjectNode template(ApiObject set) {
        var template = set.at("/spec/template").<ObjectNode>deepCopy();
        if (template.path("metadata").path("labels") instanceof ObjectNode labels) {
            labels.remove(HASH);
        }
        return template;
    }

    private static boolean ownedBy(ApiObject set, String uid) {
        return StreamSupport.stream(set.at("/metadata/ownerReferences").spliterator(), false)
                .anyMatch(owner -> owner.path("uid").asText().equals(uid));
    }
}
