package io.infraai.engine.offline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One thing that is wrong, with the lines that show it.
 *
 * @param place namespace and controller or object, by which several pods with one fault are one fault
 * @param pods that have it, the worst first
 */
record Fault(Symptom symptom, String namespace, String place, List<String> pods, List<String> evidence) {

    private static final int MOST_EVIDENCE = 4;

    private record Key(Symptom symptom, String place) {}

    /** Collects faults in the order in which they are found. */
    static final class Collection {

        private final Map<Key, Fault> faults = new LinkedHashMap<>();

        void add(Symptom symptom, String namespace, String object, Optional<String> pod, String evidence) {
            var place = namespace + "/" + object;
            var fault = faults.computeIfAbsent(
                    new Key(symptom, place),
                    _ -> new Fault(symptom, namespace, place, new ArrayList<>(), new ArrayList<>()));
            pod.filter(name -> !fault.pods().contains(name)).ifPresent(fault.pods()::add);
            if (fault.evidence().size() < MOST_EVIDENCE) {
                fault.evidence().add(evidence);
            }
        }

        boolean knows(String place) {
            return faults.keySet().stream().anyMatch(key -> key.place().equals(place));
        }

        List<Fault> all() {
            return List.copyOf(faults.values());
        }
    }

    static List<Fault> of(List<JsonNode> pods, List<JsonNode> events, List<JsonNode> nodes) {
        var found = new Collection();
        pods.forEach(pod -> ofPod(pod, found));
        events.forEach(event -> ofEvent(event, pods, found));
        nodes.forEach(node -> ofNode(node, found));
        return found.all();
    }

    private static void ofPod(JsonNode pod, Collection found) {
        if (!Pods.troubled(pod)) {
            return;
        }
        var reason = pod.path("reason").asText("");
        if (reason.equals("Terminating")) {
            return;
        }
        var pending = pod.path("phase").asText().equals("Pending")
                && pod.path("node").asText().isEmpty();
        var symptom = Symptom.of(reason).orElse(pending ? Symptom.UNSCHEDULABLE : Symptom.NOT_READY);
        var name = Pods.name(pod);
        found.add(
                symptom,
                Pods.namespace(pod),
                Thing.deploymentOf(name),
                Optional.of(name),
                "pod " + Cells.code(name) + ": "
                        + Cells.plain(reason.isEmpty() ? pod.path("phase").asText() : reason) + ", "
                        + pod.path("restarts").asInt() + " restarts, not ready");
    }

    /** A warning counts while its pod is in trouble, or when it is about something else than a pod. */
    private static void ofEvent(JsonNode event, List<JsonNode> pods, Collection found) {
        var object = event.path("object").asText();
        var symptom = Symptom.of(event.path("reason").asText());
        if (symptom.isEmpty() || !event.path("type").asText().equals("Warning")) {
            return;
        }
        var isPod = object.startsWith("Pod/");
        var name = object.substring(object.indexOf('/') + 1);
        var troubled = pods.stream().anyMatch(pod -> Pods.name(pod).equals(name) && Pods.troubled(pod));
        var known = pods.stream().anyMatch(pod -> Pods.name(pod).equals(name));
        if (isPod && ((!troubled && known) || (!known && !pods.isEmpty()))) {
            return;
        }
        // BackOff is also what pulling an image does
        var image = event.path("reason").asText().equals("BackOff")
                && event.path("message").asText().contains("pulling image");
        found.add(
                image ? Symptom.IMAGE : symptom.get(),
                event.path("namespace").asText(""),
                isPod ? Thing.deploymentOf(name) : name,
                isPod ? Optional.of(name) : Optional.empty(),
                "event " + Cells.code(event.path("reason").asText()) + " on " + Cells.plain(object) + ", "
                        + event.path("count").asInt(1) + "×: "
                        + Cells.code(event.path("message").asText()));
    }

    private static void ofNode(JsonNode node, Collection found) {
        var name = node.path("name").asText();
        if (node.has("ready") && !node.path("ready").asBoolean()) {
            found.add(
                    Symptom.NODE_DOWN, "", name, Optional.empty(), "node " + Cells.code(name) + ": " + troubles(node));
        } else if (!node.path("troubles").isEmpty()) {
            found.add(
                    Symptom.NODE_PRESSURE,
                    "",
                    name,
                    Optional.empty(),
                    "node " + Cells.code(name) + ": " + troubles(node));
        }
    }

    private static String troubles(JsonNode node) {
        var first = node.path("troubles").path(0).asText("");
        return first.isEmpty() ? "not ready" : Cells.code(first);
    }
}
