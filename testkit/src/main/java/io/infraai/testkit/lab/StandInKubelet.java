package io.infraai.testkit.lab;

import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Stands in for the nodes: says of every pod that is bound to one that it runs, and lets go those that are deleted. A pod with
 * the annotation {@code lab/crash: "true"} crashes again and again instead.
 */
final class StandInKubelet implements AutoCloseable {

    private static final String STRATEGIC = "application/strategic-merge-patch+json";

    private final ApiServer api;
    private final List<String> nodes;
    private final Clock clock = Clock.systemUTC();
    private final ScheduledExecutorService rounds = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("stand-in-kubelet").factory());
    private int addresses;

    private StandInKubelet(ApiServer api, List<String> nodes) {
        this.api = api;
        this.nodes = nodes;
    }

    static StandInKubelet start(ApiServer api, List<String> nodes) {
        var kubelet = new StandInKubelet(api, nodes);
        nodes.forEach(kubelet::register);
        kubelet.rounds.scheduleWithFixedDelay(kubelet::round, 0, 100, TimeUnit.MILLISECONDS);
        return kubelet;
    }

    private void register(String node) {
        api.create("/api/v1/nodes", """
                {"kind":"Node","apiVersion":"v1","metadata":{"name":"%1$s","labels":{"kubernetes.io/hostname":"%1$s"}}}""".formatted(node));
        api.send("PATCH", "/api/v1/nodes/" + node + "/status", STRATEGIC, """
                {"status":{"capacity":{"cpu":"8","memory":"32Gi","pods":"110"},
                  "allocatable":{"cpu":"8","memory":"32Gi","pods":"110"},
                  "addresses":[{"type":"Hostname","address":"%1$s"},{"type":"InternalIP","address":"10.255.0.%2$d"}],
                  "nodeInfo":{"kubeletVersion":"v1.20.2-stand-in"},
                  "conditions":[{"type":"Ready","status":"True","reason":"StandIn","message":"ok",
                    "lastHeartbeatTime":"%3$s","lastTransitionTime":"%3$s"}]}}""".formatted(
                                node, nodes.indexOf(node) + 1, now()))
                .good();
    }

    /** What goes wrong in one round, as when a pod is gone by now, is right in a later one. */
    private void round() {
        try {
            for (var pod : api.get("/api/v1/pods?resourceVersion=0").path("items")) {
                if (nodes.contains(pod.at("/spec/nodeName").asText())) {
                    look(pod);
                }
            }
        } catch (UncheckedIOException | IllegalStateException _) {
            // the next round is soon
        }
    }

    private void look(JsonNode pod) {
        var path = "/api/v1/namespaces/" + pod.at("/metadata/namespace").asText() + "/pods/"
                + pod.at("/metadata/name").asText();
        if (pod.at("/metadata").has("deletionTimestamp")) {
            api.send("DELETE", path, "application/json", """
                    {"kind":"DeleteOptions","apiVersion":"v1","gracePeriodSeconds":0,"preconditions":{"uid":"%s"}}""".formatted(
                            pod.at("/metadata/uid").asText()));
        } else if (pod.at("/status/phase").asText().equals("Pending")) {
            api.send("PATCH", path + "/status", STRATEGIC, running(pod).toString());
        }
    }

    private ObjectNode running(JsonNode pod) {
        var crashes = pod.at("/metadata/annotations/lab~1crash").asText().equals("true");
        var patch = JsonNodeFactory.instance.objectNode();
        var status = patch.putObject("status");
        addresses++;
        status.put("phase", "Running")
                .put("startTime", now())
                .put("hostIP", "10.255.0.1")
                .put("podIP", "10.0." + addresses / 250 + "." + (addresses % 250 + 1));
        var containers = status.putArray("containerStatuses");
        for (var container : pod.at("/spec/containers")) {
            var shown = containers.addObject();
            shown.set("name", container.path("name"));
            shown.set("image", container.path("image"));
            shown.put("imageID", "sha256:0").put("ready", !crashes).put("started", !crashes);
            shown.put("restartCount", crashes ? 7 : 0);
            if (crashes) {
                shown.putObject("state").putObject("waiting").put("reason", "CrashLoopBackOff");
            } else {
                shown.putObject("state").putObject("running").put("startedAt", now());
            }
        }
        var conditions = status.putArray("conditions");
        for (var type : List.of("Initialized", "PodScheduled", "ContainersReady", "Ready")) {
            conditions
                    .addObject()
                    .put("type", type)
                    .put(
                            "status",
                            crashes && (type.equals("Ready") || type.equals("ContainersReady")) ? "False" : "True")
                    .put("lastTransitionTime", now());
        }
        return patch;
    }

    private String now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    @Override
    public void close() {
        rounds.shutdownNow();
    }
}
