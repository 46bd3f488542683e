package io.infraai.adapters.kubernetes;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * How far a workload has come with its latest template, by the rules of {@code kubectl rollout status}.
 *
 * @param stuck the controller has given up waiting
 */
record RolloutState(boolean complete, boolean stuck, int wanted, int updated, int ready) {

    static RolloutState of(ApiObject workload) {
        var status = workload.at("/status");
        var wanted = Workload.replicas(workload);
        var daemons = workload.kind().equals("DaemonSet");
        var updated = status.path(daemons ? "updatedNumberScheduled" : "updatedReplicas")
                .asInt();
        var ready = status.path(daemons ? "numberReady" : "readyReplicas").asInt();
        var all = status.path(daemons ? "currentNumberScheduled" : "replicas").asInt();
        var seen = status.path("observedGeneration").asLong() >= workload.generation();
        return new RolloutState(
                seen && updated == wanted && ready == wanted && all == wanted, stuck(workload), wanted, updated, ready);
    }

    String sentence(ObjectPlace place) {
        if (complete) {
            return place.shown() + " is rolled out: " + wanted + " of " + wanted + " pods ready";
        }
        return place.shown() + (stuck ? " is stuck: " : " is rolling out: ") + updated + " of " + wanted
                + " pods updated, " + ready + " ready";
    }

    ObjectNode detail() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("complete", complete)
                .put("stuck", stuck)
                .put("wanted", wanted)
                .put("updated", updated)
                .put("ready", ready);
    }

    private static boolean stuck(ApiObject workload) {
        for (var condition : workload.at("/status/conditions")) {
            if (condition.path("reason").asText().equals("ProgressDeadlineExceeded")) {
                return true;
            }
        }
        return false;
    }
}
