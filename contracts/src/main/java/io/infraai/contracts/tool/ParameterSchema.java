package io.infraai.contracts.tool;

import java.lang.reflect.RecordComponent;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Makes the JSON schema of a tool's arguments from the components of its parameter record. */
final class ParameterSchema {

    private ParameterSchema() {}

    static ObjectNode of(Class<? extends Record> parameters) {
        var schema = JsonNodeFactory.instance.objectNode().put("type", "object");
        var properties = schema.putObject("properties");
        var required = schema.putArray("required");
        for (var component : parameters.getRecordComponents()) {
            var name = PropertyNamingStrategies.SnakeCaseStrategy.INSTANCE.translate(component.getName());
            properties.set(name, property(component));
            if (described(component).filter(Parameter::optional).isEmpty()) {
                required.add(name);
            }
        }
        return schema.put("additionalProperties", false);
    }

    private static ObjectNode property(RecordComponent component) {
        var type = component.getType();
        var property = JsonNodeFactory.instance.objectNode().put("type", jsonType(type));
        if (type.isEnum()) {
            var values = property.putArray("enum");
            Stream.of(type.getEnumConstants()).map(Object::toString).forEach(values::add);
        }
        described(component).ifPresent(parameter -> describe(property, parameter, type));
        return property;
    }

    private static Optional<Parameter> described(RecordComponent component) {
        return Optional.ofNullable(component.getAnnotation(Parameter.class))
                .or(() -> Stream.of(component.getAnnotations())
                        .map(carried -> carried.annotationType().getAnnotation(Parameter.class))
                        .filter(Objects::nonNull)
                        .findFirst());
    }

    private static void describe(ObjectNode property, Parameter parameter, Class<?> type) {
        property.put("description", parameter.value());
        if (type == String.class) {
            property.put("minLength", 1).put("maxLength", parameter.maxLength());
            if (!parameter.pattern().isEmpty()) {
                property.put("pattern", parameter.pattern());
            }
        }
        if (parameter.min() != Long.MIN_VALUE) {
            property.put("minimum", parameter.min());
        }
        if (parameter.max() != Long.MAX_VALUE) {
            property.put("maximum", parameter.max());
        }
        if (!parameter.defaultValue().isEmpty()) {
            property.set("default", typed(parameter.defaultValue(), type));
        }
    }

    private static JsonNode typed(String value, Class<?> type) {
        var nodes = JsonNodeFactory.instance;
        return switch (jsonType(type)) {
            case "integer" -> nodes.numberNode(Long.parseLong(value));
            case "number" -> nodes.numberNode(Double.parseDouble(value));
            case "boolean" -> nodes.booleanNode(Boolean.parseBoolean(value));
            default -> nodes.textNode(value);
        };
    }

    private static String jsonType(Class<?> type) {
        if (type == String.class || type.isEnum()) {
            return "string";
        }
        if (type == int.class || type == long.class || type == Integer.class || type == Long.class) {
            return "integer";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "boolean";
        }
        if (type == double.class || type == Double.class) {
            return "number";
        }
        throw new IllegalArgumentException("A tool parameter can't be a " + type.getName());
    }
}
