package io.infraai.engine.offline;

import java.util.Comparator;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;

/** Pods as {@code list_pods} tells of them. */
final class Pods {

    private static final Set<String> DONE = Set.of("Succeeded", "Completed");

    /** Those in trouble, then the most restarted. */
    static final Comparator<JsonNode> WORST_FIRST = Comparator.comparing((JsonNode pod) -> !troubled(pod))
            .thenComparingInt(pod -> -pod.path("restarts").asInt());

    private Pods() {}

    /** In the order of answers. */
    static List<JsonNode> sorted(JsonNode pods) {
        return pods.valueStream().sorted(WORST_FIRST).toList();
    }

    static List<JsonNode> troubledOf(JsonNode pods) {
        return sorted(pods).stream().filter(Pods::troubled).toList();
    }

    /** Not ready, and not because it has done its work. */
    static boolean troubled(JsonNode pod) {
        var done = DONE.contains(pod.path("phase").asText())
                || DONE.contains(pod.path("reason").asText());
        return pod.has("ready") && !pod.path("ready").asBoolean() && !done;
    }

    /** Whether its name is one that Kubernetes can have given. */
    static boolean named(JsonNode pod) {
        return Thing.isObject(name(pod)) && Thing.isNamespace(namespace(pod));
    }

    static String name(JsonNode pod) {
        return pod.path("name").asText();
    }

    static String namespace(JsonNode pod) {
        return pod.path("namespace").asText();
    }
}
