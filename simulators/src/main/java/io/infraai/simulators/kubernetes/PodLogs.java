package io.infraai.simulators.kubernetes;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

/** What a pod wrote: made up from its status, and what it was told to write. Used under the cluster's lock only. */
final class PodLogs {

    private record Line(Instant time, String text) {}

    private final InstantSource clock;
    private final Map<String, List<Line>> written = new HashMap<>();

    PodLogs(InstantSource clock) {
        this.clock = clock;
    }

    void write(Stored pod, List<String> lines) {
        var now = clock.instant();
        var log = written.computeIfAbsent(pod.uid(), _ -> new ArrayList<>());
        lines.forEach(line -> log.add(new Line(now, line)));
    }

    String of(Stored pod, ApiRequest request) {
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
        var lines = since(pod, lines(pod, container), request.parameter("sinceSeconds"));
        var tail = request.parameter("tailLines");
        int kept = tail.matches("\\d{1,9}") ? Integer.parseInt(tail) : lines.size();
        var shown = lines.subList(Math.max(0, lines.size() - kept), lines.size());
        var log = shown.isEmpty() ? "" : String.join("\n", shown) + "\n";
        var limit = request.parameter("limitBytes");
        return limit.matches("[1-9]\\d{0,8}") && Integer.parseInt(limit) < log.length()
                ? log.substring(0, Integer.parseInt(limit))
                : log;
    }

    private List<String> since(Stored pod, List<String> made, String seconds) {
        var all = new ArrayList<Line>();
        var start = Instant.parse(pod.at("status", "startTime").asText(Json.time(clock.instant())));
        made.forEach(line -> all.add(new Line(start, line)));
        all.addAll(written.getOrDefault(pod.uid(), List.of()));
        var from =
                seconds.matches("[1-9]\\d{0,8}") ? clock.instant().minusSeconds(Long.parseLong(seconds)) : Instant.MIN;
        return all.stream()
                .filter(line -> !line.time().isBefore(from))
                .map(Line::text)
                .toList();
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
