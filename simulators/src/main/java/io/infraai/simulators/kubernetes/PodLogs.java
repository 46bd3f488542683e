package io.infraai.simulators.kubernetes;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;

/** What a pod wrote, made up from its status. */
final class PodLogs {

    private PodLogs() {}

    static String of(Stored pod, ApiRequest request) {
        var container = container(pod, request.parameter("container"));
        var state = container.path("state");
        var previous = request.parameter("previous").equals("true");
        if (previous && !container.has("lastState")) {
            throw ApiFailure.badRequest("previous terminated container \"%s\" in pod \"%s\" not found"
                    .formatted(container.path("name").asText(), pod.key().name()));
        }
        if (Json.text(state, "waiting", "reason").equals("ContainerCreating")) {
            throw ApiFailure.badRequest("container \"%s\" in pod \"%s\" is waiting to start: ContainerCreating"
                    .formatted(container.path("name").asText(), pod.key().name()));
        }
        var lines = lines(pod, container);
        var tail = request.parameter("tailLines");
        int kept = tail.matches("\\d{1,9}") ? Integer.parseInt(tail) : lines.size();
        var shown = lines.subList(Math.max(0, lines.size() - kept), lines.size());
        return shown.isEmpty() ? "" : String.join("\n", shown) + "\n";
    }

    private static JsonNode container(Stored pod, String name) {
        var statuses = pod.at("status", "containerStatuses");
        if (name.isEmpty()) {
            return statuses.path(0);
        }
        for (var status : statuses) {
            if (status.path("name").asText().equals(name)) {
                return status;
            }
        }
        throw ApiFailure.badRequest(
                "container %s is not valid for pod %s".formatted(name, pod.key().name()));
    }

    private static List<String> lines(Stored pod, JsonNode container) {
        var name = container.path("name").asText();
        var lines = new ArrayList<String>();
        lines.add("INFO  starting " + name + " (" + container.path("image").asText() + ")");
        lines.add("INFO  configuration read, 14 keys");
        switch (Json.text(container, "lastState", "terminated", "reason")) {
            case "OOMKilled" -> {
                lines.add("WARN  heap at 91 % after full collection");
                lines.add("WARN  heap at 97 % after full collection, 12 requests waiting");
                lines.add("ERROR java.lang.OutOfMemoryError: Java heap space");
            }
            case "Error" -> {
                lines.add("ERROR cannot connect to database: connection refused (db."
                        + pod.key().namespace() + ".svc:5432)");
                lines.add("ERROR giving up after 5 attempts");
                lines.add("FATAL " + name + " exits with status 1");
            }
            default -> {
                lines.add("INFO  listening on :8080");
                lines.add(
                        PodStatus.ready(pod)
                                ? "INFO  GET /healthz 200 1ms"
                                : "WARN  GET /healthz 503: upstream pool exhausted (50 of 50 in use)");
            }
        }
        return lines;
    }
}
