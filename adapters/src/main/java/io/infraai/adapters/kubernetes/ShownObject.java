package io.infraai.adapters.kubernetes;

import java.util.ArrayList;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** An object as it may leave the adapter: without what secrets hold, without noise, and of bounded size. */
final class ShownObject {

    static final String REDACTED = "***";

    private static final int LONGEST_TEXT = 2_000;
    private static final int LONGEST_LIST = 100;
    private static final int LARGEST = 48 * 1_024;

    private ShownObject() {}

    static ObjectNode of(ApiObject object) {
        var shown = object.json().deepCopy();
        if (shown.path("metadata") instanceof ObjectNode metadata) {
            metadata.remove("managedFields");
            if (metadata.path("annotations") instanceof ObjectNode annotations) {
                // a copy of the whole object, and so of what a secret holds
                annotations.remove("kubectl.kubernetes.io/last-applied-configuration");
            }
        }
        if (object.kind().equals("Secret")) {
            redact(shown, "data");
            redact(shown, "stringData");
        }
        shorten(shown);
        return shown.toString().length() <= LARGEST ? shown : outline(object);
    }

    /** The keys stay: which there are is what is asked for, and no secret. */
    private static void redact(ObjectNode secret, String field) {
        if (secret.path(field) instanceof ObjectNode held) {
            var keys = new ArrayList<String>();
            held.fieldNames().forEachRemaining(keys::add);
            keys.forEach(key -> held.put(key, REDACTED));
        } else if (secret.has(field)) {
            secret.put(field, REDACTED);
        }
    }

    private static void shorten(JsonNode node) {
        switch (node) {
            case ObjectNode object -> object.properties().forEach(field -> field.setValue(shortened(field.getValue())));
            case ArrayNode array -> {
                var left = array.size() - LONGEST_LIST;
                while (array.size() > LONGEST_LIST) {
                    array.remove(array.size() - 1);
                }
                for (int i = 0; i < array.size(); i++) {
                    array.set(i, shortened(array.get(i)));
                }
                if (left > 0) {
                    array.add("… and " + left + " more");
                }
            }
            default -> {}
        }
    }

    private static JsonNode shortened(JsonNode node) {
        if (node.isTextual() && node.textValue().length() > LONGEST_TEXT) {
            return JsonNodeFactory.instance.textNode(node.textValue().substring(0, LONGEST_TEXT) + "… "
                    + (node.textValue().length() - LONGEST_TEXT) + " characters more");
        }
        shorten(node);
        return node;
    }

    private static ObjectNode outline(ApiObject object) {
        var outline = JsonNodeFactory.instance
                .objectNode()
                .put("apiVersion", object.text("/apiVersion"))
                .put("kind", object.kind());
        outline.putObject("metadata")
                .put("name", object.name())
                .put("namespace", object.namespace())
                .put("uid", object.uid());
        return outline.put("truncated", "The object is too large to be shown");
    }
}
