package io.infraai.simulators.kubernetes;

import java.time.Instant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The status of a pod as the kubelet writes it. Each method rewrites the status of a draft. */
final class PodStatus {

    private PodStatus() {}

    static void pending(ObjectNode pod) {
        pod.putObject("status").put("phase", "Pending").put("qosClass", "BestEffort");
    }

    static void starting(ObjectNode pod, String hostIp, Instant now) {
        var status = Json.child(pod, "status").put("phase", "Pending").put("qosClass", "BestEffort");
        status.put("hostIP", hostIp).put("startTime", Json.time(now));
        Conditions.set(status, "PodScheduled", true, "", "", now);
        Conditions.set(status, "Initialized", true, "", "", now);
        unready(pod, status, now);
        var containers = status.putArray("containerStatuses");
        for (var container : Json.at(pod, "spec", "containers")) {
            var state = container(container, containers.addObject(), 0);
            state.putObject("state").putObject("waiting").put("reason", "ContainerCreating");
            state.put("ready", false).put("started", false);
        }
    }

    static void running(ObjectNode pod, String podIp, Instant now) {
        var status = running(pod, now);
        if (!status.has("podIP")) {
            status.put("podIP", podIp);
            status.putArray("podIPs").addObject().put("ip", podIp);
        }
        Conditions.set(status, "ContainersReady", true, "", "", now);
        Conditions.set(status, "Ready", true, "", "", now);
        for (var each : status.path("containerStatuses")) {
            var container = (ObjectNode) each;
            container.putObject("state").putObject("running").put("startedAt", Json.time(now));
            container.put("ready", true).put("started", true);
        }
    }

    static void broken(ObjectNode pod, Breakage how, Instant now) {
        var status = running(pod, now);
        unready(pod, status, now);
        for (var each : status.path("containerStatuses")) {
            var container = (ObjectNode) each;
            switch (how) {
                case CRASH_LOOP_BACK_OFF -> crashed(pod, container, 5, terminated("Error", 1), now);
                case OOM_KILLED -> crashed(pod, container, 3, terminated("OOMKilled", 137), now);
                case NOT_READY -> {
                    container.putObject("state").putObject("running").put("startedAt", Json.time(now));
                    container.put("ready", false).put("started", true);
                }
            }
        }
    }

    static boolean ready(Stored pod) {
        return Conditions.holds(pod.json(), "Ready");
    }

    static int restarts(JsonNode pod) {
        return Json.at(pod, "status", "containerStatuses")
                .path(0)
                .path("restartCount")
                .asInt();
    }

    private static ObjectNode running(ObjectNode pod, Instant now) {
        var status = Json.child(pod, "status").put("phase", "Running");
        if (!status.has("containerStatuses")) {
            var containers = status.putArray("containerStatuses");
            Json.at(pod, "spec", "containers").forEach(spec -> container(spec, containers.addObject(), 0));
            status.put("startTime", Json.time(now));
        }
        return status;
    }

    private static void unready(ObjectNode pod, ObjectNode status, Instant now) {
        var names = new StringBuilder();
        for (var container : Json.at(pod, "spec", "containers")) {
            names.append(names.isEmpty() ? "" : " ")
                    .append(container.path("name").asText());
        }
        var message = "containers with unready status: [" + names + "]";
        Conditions.set(status, "ContainersReady", false, "ContainersNotReady", message, now);
        Conditions.set(status, "Ready", false, "ContainersNotReady", message, now);
    }

    private static ObjectNode container(JsonNode spec, ObjectNode status, int restarts) {
        var image = spec.path("image").asText();
        status.put("name", spec.path("name").asText());
        status.put("image", image).put("imageID", "docker-pullable://" + image);
        return status.put("restartCount", restarts);
    }

    private static ObjectNode terminated(String reason, int exitCode) {
        return Json.object().put("exitCode", exitCode).put("reason", reason);
    }

    private static void crashed(
            ObjectNode pod, ObjectNode container, int restarts, ObjectNode terminated, Instant now) {
        var containerId = "containerd://" + Json.text(pod, "metadata", "uid").replace("-", "");
        terminated
                .put("startedAt", Json.time(now.minusSeconds(7)))
                .put("finishedAt", Json.time(now))
                .put("containerID", containerId);
        container.putObject("lastState").set("terminated", terminated);
        container
                .putObject("state")
                .putObject("waiting")
                .put("reason", "CrashLoopBackOff")
                .put("message", backOff(pod, container));
        container.put("ready", false).put("started", false).put("containerID", containerId);
        container.put("restartCount", container.path("restartCount").asInt() + restarts);
    }

    private static String backOff(ObjectNode pod, ObjectNode container) {
        var metadata = pod.path("metadata");
        return "back-off 2m40s restarting failed container=%s pod=%s_%s(%s)"
                .formatted(
                        container.path("name").asText(),
                        metadata.path("name").asText(),
                        metadata.path("namespace").asText(),
                        metadata.path("uid").asText());
    }
}
