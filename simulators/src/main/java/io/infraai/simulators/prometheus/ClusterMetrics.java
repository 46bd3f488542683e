package io.infraai.simulators.prometheus;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

import io.infraai.simulators.kubernetes.SimulatedCluster;

/** What kube-state-metrics would say about a cluster now. */
final class ClusterMetrics {

    private final SimulatedCluster cluster;

    ClusterMetrics(SimulatedCluster cluster) {
        this.cluster = cluster;
    }

    List<Series> now() {
        var all = new ArrayList<Series>();
        all.add(new Series("up", Map.of("job", "kube-state-metrics", "instance", "kube-state-metrics:8080"), 1));
        cluster.objects("pods", "").forEach(pod -> ofPod(pod, all));
        cluster.objects("deployments", "").forEach(deployment -> ofDeployment(deployment, all));
        return all;
    }

    private static void ofPod(JsonNode pod, List<Series> all) {
        var labels = Map.of(
                "namespace", pod.path("metadata").path("namespace").asText(),
                "pod", pod.path("metadata").path("name").asText(),
                "uid", pod.path("metadata").path("uid").asText());
        for (var container : pod.path("status").path("containerStatuses")) {
            var restarts = container.path("restartCount").asDouble();
            all.add(new Series(
                    "kube_pod_container_status_restarts_total",
                    with(labels, "container", container.path("name").asText()),
                    restarts));
        }
        var ready = ready(pod);
        for (var condition : List.of("true", "false", "unknown")) {
            var holds = condition.equals(Boolean.toString(ready));
            all.add(new Series("kube_pod_status_ready", with(labels, "condition", condition), holds ? 1 : 0));
        }
    }

    private static void ofDeployment(JsonNode deployment, List<Series> all) {
        var labels = Map.of(
                "namespace", deployment.path("metadata").path("namespace").asText(),
                "deployment", deployment.path("metadata").path("name").asText());
        var status = deployment.path("status");
        all.add(new Series(
                "kube_deployment_status_replicas_available",
                labels,
                status.path("availableReplicas").asDouble()));
        all.add(new Series(
                "kube_deployment_spec_replicas",
                labels,
                deployment.path("spec").path("replicas").asDouble()));
    }

    private static boolean ready(JsonNode pod) {
        for (var condition : pod.path("status").path("conditions")) {
            if (condition.path("type").asText().equals("Ready")) {
                return condition.path("status").asText().equals("True");
            }
        }
        return false;
    }

    private static Map<String, String> with(Map<String, String> labels, String name, String value) {
        var more = new HashMap<>(labels);
        more.put(name, value);
        return more;
    }
}
