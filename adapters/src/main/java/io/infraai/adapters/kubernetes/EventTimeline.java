package io.infraai.adapters.kubernetes;

import java.util.Comparator;
import java.util.List;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Events, the newest first: the server lists them in the order of their names. */
final class EventTimeline {

    /** So many are looked at; servers keep events for an hour only. */
    private static final int READ = 1_000;

    private static final int LONGEST_MESSAGE = 500;

    private EventTimeline() {}

    /** @param fields a field selector of events */
    static ApiPage newest(KubernetesApi api, String namespace, String fields) {
        var page = api.list(ApiKind.EVENT, namespace, ListQuery.first(READ).where(fields));
        var sorted = page.items().stream()
                .sorted(Comparator.comparing(EventTimeline::time).reversed())
                .toList();
        return new ApiPage(sorted, page.truncated(), page.rest());
    }

    static ArrayNode shown(List<ApiObject> events, int most) {
        var shown = JsonNodeFactory.instance.arrayNode();
        events.stream().limit(most).forEach(event -> shown.add(shown(event)));
        return shown;
    }

    private static ObjectNode shown(ApiObject event) {
        var message = event.text("/message");
        return JsonNodeFactory.instance
                .objectNode()
                .put("time", time(event))
                .put("type", event.text("/type"))
                .put("reason", event.text("/reason"))
                .put("namespace", event.namespace())
                .put("object", event.text("/involvedObject/kind") + "/" + event.text("/involvedObject/name"))
                .put(
                        "message",
                        message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE) + "…")
                .put("count", event.at("/count").asInt(1));
    }

    /** Which of the fields is filled depends on the API that wrote the event. */
    private static String time(ApiObject event) {
        for (var field :
                List.of("/series/lastObservedTime", "/lastTimestamp", "/eventTime", "/metadata/creationTimestamp")) {
            var time = event.text(field);
            if (!time.isEmpty() && !time.equals("null")) {
                return time;
            }
        }
        return "";
    }
}
