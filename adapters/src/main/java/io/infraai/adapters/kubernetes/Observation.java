package io.infraai.adapters.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.KubernetesClientException;

/** What there is to see of one object: its state and its latest events, and nothing of what it holds. */
final class Observation {

    /** More than a person reads before they decide. */
    private static final int EVENTS = 5;

    private Observation() {}

    /** Whoever may not read events is shown none. */
    static ObjectNode of(KubernetesApi api, ObjectPlace place, ApiObject object) {
        var observed = JsonNodeFactory.instance
                .objectNode()
                .put("object", place.shown())
                .put("uid", object.uid())
                .put("created", object.text("/metadata/creationTimestamp"));
        put(observed, "phase", object.at("/status/phase"));
        put(observed, "node", object.at("/spec/nodeName"));
        put(observed, "replicas", object.at("/spec/replicas"));
        put(observed, "ready_replicas", object.at("/status/readyReplicas"));
        put(observed, "unschedulable", object.at("/spec/unschedulable"));
        var containers = object.at("/status/containerStatuses");
        if (!containers.isEmpty()) {
            var shown = observed.putArray("containers");
            containers.forEach(container -> shown.add(container(container)));
        }
        observed.set("conditions", conditions(object));
        try {
            observed.set(
                    "events",
                    EventTimeline.shown(
                            EventTimeline.newest(api, object.namespace(), about(object))
                                    .items(),
                            EVENTS));
        } catch (KubernetesClientException e) {
            observed.put("events", "The events can't be read: " + e.getCode());
        }
        return observed;
    }

    private static String container(JsonNode container) {
        var state = container.path("state");
        var waiting = state.path("waiting").path("reason").asText("");
        var ended = state.path("terminated").path("reason").asText("");
        var is = !waiting.isEmpty() ? waiting : !ended.isEmpty() ? ended : "running";
        return container.path("name").asText() + ": " + is + ", "
                + container.path("restartCount").asInt() + " restarts";
    }

    private static void put(ObjectNode observed, String field, JsonNode value) {
        if (value.isValueNode() && !value.isNull()) {
            observed.set(field, value);
        }
    }

    /** Kubelets report events about their node with its name where the uid belongs. */
    static String about(ApiObject object) {
        return object.kind().equals("Node")
                ? "involvedObject.kind=Node,involvedObject.name=" + object.name()
                : "involvedObject.uid=" + object.uid();
    }

    static ArrayNode conditions(ApiObject object) {
        var shown = JsonNodeFactory.instance.arrayNode();
        for (var condition : object.at("/status/conditions")) {
            shown.add(condition.path("type").asText() + "="
                    + condition.path("status").asText()
                    + (condition.hasNonNull("reason")
                            ? " (" + condition.path("reason").asText() + ")"
                            : ""));
        }
        return shown;
    }
}
