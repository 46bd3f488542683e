package io.infraai.simulators.kubernetes;

import java.util.Arrays;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The three ways of patching; each returns a new tree and leaves the given one alone. */
final class Patches {

    private static final String ACCEPTED =
            "application/json-patch+json, application/merge-patch+json, application/strategic-merge-patch+json";

    private Patches() {}

    static JsonNode apply(String contentType, JsonNode target, JsonNode patch) {
        var mediaType = contentType.split(";", 2)[0].strip();
        return switch (mediaType) {
            case "application/merge-patch+json" -> merged(target.deepCopy(), patch, false);
            case "application/strategic-merge-patch+json" -> merged(target.deepCopy(), patch, true);
            case "application/json-patch+json" -> edited(target.deepCopy(), patch);
            default -> throw ApiFailure.unsupportedMediaType(ACCEPTED);
        };
    }

    private static JsonNode merged(JsonNode target, JsonNode patch, boolean strategic) {
        if (strategic && target instanceof ArrayNode present && patch instanceof ArrayNode added) {
            return mergedByKey(present, added);
        }
        if (!(patch instanceof ObjectNode fields)) {
            return patch.deepCopy();
        }
        var result = target instanceof ObjectNode present ? present : Json.object();
        fields.properties().forEach(field -> {
            var name = field.getKey();
            if (strategic && name.startsWith("$")) {
                return;
            }
            if (field.getValue().isNull()) {
                result.remove(name);
            } else {
                result.set(name, merged(result.path(name), field.getValue(), strategic));
            }
        });
        return result;
    }

    /** Lists of named things, such as containers, are merged by name; other lists are replaced. */
    private static JsonNode mergedByKey(ArrayNode present, ArrayNode added) {
        var key = named(added, "name") ? "name" : "type";
        if (!named(added, key) || !named(present, key)) {
            return added.deepCopy();
        }
        for (var element : added) {
            int at = indexOf(present, key, element.path(key));
            if (at < 0) {
                present.add(element.deepCopy());
            } else {
                present.set(at, merged(present.get(at), element, true));
            }
        }
        return present;
    }

    private static boolean named(ArrayNode elements, String key) {
        for (var element : elements) {
            if (!element.path(key).isTextual()) {
                return false;
            }
        }
        return true;
    }

    private static int indexOf(ArrayNode elements, String key, JsonNode wanted) {
        for (int i = 0; i < elements.size(); i++) {
            if (elements.get(i).path(key).equals(wanted)) {
                return i;
            }
        }
        return -1;
    }

    private static JsonNode edited(JsonNode target, JsonNode operations) {
        if (!operations.isArray()) {
            throw ApiFailure.badRequest("error decoding patch: a JSON patch is an array");
        }
        for (var operation : operations) {
            edit(target, operation);
        }
        return target;
    }

    private static void edit(JsonNode target, JsonNode operation) {
        var path = pointer(operation.path("path"));
        var value = operation.path("value");
        switch (operation.path("op").asText()) {
            case "test" -> {
                if (!target.at(path).equals(value)) {
                    throw ApiFailure.patchRefused();
                }
            }
            case "add" -> put(target, path, value.deepCopy(), true);
            case "replace" -> {
                existing(target, path);
                put(target, path, value.deepCopy(), false);
            }
            case "remove" -> remove(target, path);
            case "copy" ->
                put(
                        target,
                        path,
                        existing(target, pointer(operation.path("from"))).deepCopy(),
                        true);
            case "move" -> {
                var from = pointer(operation.path("from"));
                var moved = existing(target, from).deepCopy();
                remove(target, from);
                put(target, path, moved, true);
            }
            default -> throw ApiFailure.badRequest("Unexpected kind: " + operation.path("op"));
        }
    }

    private static JsonPointer pointer(JsonNode path) {
        if (!path.isTextual() || !path.asText().startsWith("/")) {
            throw ApiFailure.badRequest("error decoding patch: '%s' is no path".formatted(path.asText()));
        }
        return JsonPointer.compile(path.asText());
    }

    private static JsonNode existing(JsonNode target, JsonPointer path) {
        var found = target.at(path);
        if (found.isMissingNode()) {
            throw ApiFailure.patchRefused();
        }
        return found;
    }

    private static void put(JsonNode target, JsonPointer path, JsonNode value, boolean insert) {
        var last = path.last().getMatchingProperty();
        switch (target.at(path.head())) {
            case ObjectNode parent -> parent.set(last, value);
            case ArrayNode parent -> {
                int at = last.equals("-") ? parent.size() : index(last, parent.size());
                if (insert) {
                    parent.insert(at, value);
                } else {
                    parent.set(at, value);
                }
            }
            default -> throw ApiFailure.patchRefused();
        }
    }

    private static void remove(JsonNode target, JsonPointer path) {
        existing(target, path);
        var last = path.last().getMatchingProperty();
        switch (target.at(path.head())) {
            case ObjectNode parent -> parent.remove(last);
            case ArrayNode parent -> parent.remove(index(last, parent.size() - 1));
            default -> throw ApiFailure.patchRefused();
        }
    }

    private static int index(String text, int highest) {
        var valid = !text.isEmpty()
                && text.length() < 9
                && Arrays.stream(text.split("")).allMatch("0123456789"::contains);
        if (!valid || Integer.parseInt(text) > highest) {
            throw ApiFailure.patchRefused();
        }
        return Integer.parseInt(text);
    }
}
