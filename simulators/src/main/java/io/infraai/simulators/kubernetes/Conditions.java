package io.infraai.simulators.kubernetes;

import java.time.Instant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The {@code conditions} list of a status. */
final class Conditions {

    private Conditions() {}

    /** Sets a condition; its transition time moves only when its status does. */
    static void set(ObjectNode status, String type, boolean holds, String reason, String message, Instant now) {
        var condition = find(status, type);
        var value = holds ? "True" : "False";
        if (!condition.path("status").asText().equals(value)) {
            condition.put("status", value).put("lastTransitionTime", Json.time(now));
        }
        if (reason.isEmpty()) {
            condition.remove("reason");
            condition.remove("message");
        } else {
            condition.put("reason", reason).put("message", message);
        }
    }

    static boolean holds(JsonNode object, String type) {
        for (var condition : Json.at(object, "status", "conditions")) {
            if (condition.path("type").asText().equals(type)) {
                return condition.path("status").asText().equals("True");
            }
        }
        return false;
    }

    private static ObjectNode find(ObjectNode status, String type) {
        var conditions = status.withArrayProperty("conditions");
        for (var condition : conditions) {
            if (condition instanceof ObjectNode known
                    && known.path("type").asText().equals(type)) {
                return known;
            }
        }
        return conditions.addObject().put("type", type);
    }
}
