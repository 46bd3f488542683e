package io.infraai.adapters.kubernetes;

import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** An object as the API server has it, whatever its kind. */
record ApiObject(ObjectNode json) {

    /** @param pointer a JSON pointer; what isn't there is a missing node */
    JsonNode at(String pointer) {
        return json.at(pointer);
    }

    String text(String pointer) {
        return json.at(pointer).asText("");
    }

    String kind() {
        return text("/kind");
    }

    String name() {
        return text("/metadata/name");
    }

    String namespace() {
        return text("/metadata/namespace");
    }

    String uid() {
        return text("/metadata/uid");
    }

    String resourceVersion() {
        return text("/metadata/resourceVersion");
    }

    /** Counts changes of the spec; 0 where the server doesn't count them. */
    long generation() {
        return at("/metadata/generation").asLong(0);
    }

    boolean terminating() {
        return json.path("metadata").hasNonNull("deletionTimestamp");
    }

    String annotation(String name) {
        return json.path("metadata").path("annotations").path(name).asText("");
    }

    /** The reference to what controls this object. */
    Optional<JsonNode> controller() {
        for (var owner : at("/metadata/ownerReferences")) {
            if (owner.path("controller").asBoolean()) {
                return Optional.of(owner);
            }
        }
        return Optional.empty();
    }

    /** Whether a condition of the status is true. */
    boolean holds(String condition) {
        for (var each : at("/status/conditions")) {
            if (each.path("type").asText().equals(condition)) {
                return each.path("status").asText().equals("True");
            }
        }
        return false;
    }
}
