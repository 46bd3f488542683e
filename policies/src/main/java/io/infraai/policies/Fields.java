package io.infraai.policies;

import java.util.Collection;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** The fields of one JSON object; what doesn't fit becomes a fault with the field's path. */
final class Fields {

    private final ObjectNode node;
    private final JsonPointer at;
    private final Faults faults;

    Fields(ObjectNode node, JsonPointer at, Faults faults) {
        this.node = node;
        this.at = at;
        this.faults = faults;
    }

    /** The object's fields, or nothing and a fault when it is something else. */
    static Optional<Fields> of(@Nullable JsonNode node, JsonPointer at, Faults faults) {
        if (node instanceof ObjectNode object) {
            return Optional.of(new Fields(object, at, faults));
        }
        faults.add(at, "must be an object, not " + kind(node));
        return Optional.empty();
    }

    static String kind(@Nullable JsonNode node) {
        if (node == null) {
            return "missing";
        }
        return switch (node.getNodeType()) {
            case NULL -> "null";
            case STRING -> "a string";
            case NUMBER -> "a number";
            case BOOLEAN -> "a boolean";
            case ARRAY -> "a list";
            case OBJECT, POJO -> "an object";
            case BINARY -> "binary";
            case MISSING -> "missing";
        };
    }

    ObjectNode node() {
        return node;
    }

    JsonPointer path(String key) {
        return at.appendProperty(key);
    }

    boolean has(String key) {
        return node.has(key);
    }

    void refuse(String key, String message) {
        faults.add(path(key), message);
    }

    void refuseUnknown(Collection<String> known) {
        node.fieldNames().forEachRemaining(key -> {
            if (!known.contains(key)) {
                refuse(key, "unknown field \"" + key + "\"" + Spelling.suggestion(key, known));
            }
        });
    }

    /** Empty also when it isn't there; what must be there is {@link #required}. */
    Optional<String> text(String key) {
        var value = node.get(key);
        if (value == null) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            refuse(key, "must be a string, not " + kind(value));
            return Optional.empty();
        }
        return Optional.of(value.textValue());
    }

    Optional<String> requiredText(String key) {
        return required(key) ? text(key) : Optional.empty();
    }

    Optional<Fields> requiredObject(String key) {
        return required(key) ? of(node.get(key), path(key), faults) : Optional.empty();
    }

    int integer(String key, int least, int most, int otherwise) {
        var value = node.get(key);
        if (value == null) {
            return otherwise;
        }
        if (!value.isIntegralNumber()) {
            refuse(key, "must be a whole number, not " + (value.isNumber() ? value.asText() : kind(value)));
            return otherwise;
        }
        if (!value.canConvertToInt() || value.intValue() < least || value.intValue() > most) {
            refuse(key, "must lie between " + least + " and " + most + ", unlike " + value.asText());
            return otherwise;
        }
        return value.intValue();
    }

    boolean flag(String key, boolean otherwise) {
        var value = node.get(key);
        if (value == null) {
            return otherwise;
        }
        if (!value.isBoolean()) {
            refuse(key, "must be true or false, not " + kind(value));
            return otherwise;
        }
        return value.booleanValue();
    }

    boolean required(String key) {
        if (!node.has(key)) {
            refuse(key, "is missing");
            return false;
        }
        return true;
    }
}
