package io.infraai.simulators.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** One version of an object. Its tree is never changed: who wants to change takes a {@link #draft}. */
final class Stored {

    private final ObjectKey key;
    private final long version;
    private final String uid;
    private final ObjectNode json;
    private byte @Nullable [] bytes;

    Stored(ObjectKey key, long version, ObjectNode json) {
        this.key = key;
        this.version = version;
        this.json = json;
        this.uid = Json.text(json, "metadata", "uid");
    }

    ObjectKey key() {
        return key;
    }

    long version() {
        return version;
    }

    String uid() {
        return uid;
    }

    ObjectNode json() {
        return json;
    }

    ObjectNode draft() {
        return json.deepCopy();
    }

    JsonNode at(String... path) {
        return Json.at(json, path);
    }

    JsonNode labels() {
        return at("metadata", "labels");
    }

    boolean terminating() {
        return json.path("metadata").has("deletionTimestamp");
    }

    /** The serialized form, made once: many readers read the same version. */
    byte[] bytes() {
        var known = bytes;
        if (known == null) {
            known = Json.bytes(json);
            bytes = known;
        }
        return known;
    }
}
