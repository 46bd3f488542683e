package io.infraai.adapters.mcp;

import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What is told to others of a server's schema. Left out is what another process would have to fetch or might not compile:
 * references and regular expressions in a dialect of the server's; it checks those itself.
 */
final class AdvertisedSchema {

    private static final Set<String> LEFT_OUT = Set.of(
            "$schema",
            "$id",
            "$ref",
            "$dynamicRef",
            "$anchor",
            "$dynamicAnchor",
            "$vocabulary",
            "pattern",
            "patternProperties",
            "format");
    private static final Set<String> BY_NAME = Set.of("properties", "$defs", "definitions", "dependentSchemas");
    private static final Set<String> DATA = Set.of("const", "enum", "default", "examples", "required");

    private AdvertisedSchema() {}

    static ObjectNode of(JsonNode schema) {
        return schema.isObject() && schema.path("type").asText().equals("object")
                ? (ObjectNode) told(schema)
                : JsonNodeFactory.instance.objectNode().put("type", "object");
    }

    private static JsonNode told(JsonNode schema) {
        if (schema instanceof ArrayNode list) {
            var told = JsonNodeFactory.instance.arrayNode();
            list.forEach(each -> told.add(told(each)));
            return told;
        }
        if (!schema.isObject()) {
            return schema;
        }
        var told = JsonNodeFactory.instance.objectNode();
        for (var member : schema.properties()) {
            var keyword = member.getKey();
            var value = member.getValue();
            if (BY_NAME.contains(keyword) && value.isObject()) {
                var names = told.putObject(keyword);
                value.properties().forEach(each -> names.set(each.getKey(), told(each.getValue())));
            } else if (!LEFT_OUT.contains(keyword)) {
                told.set(keyword, DATA.contains(keyword) ? value : told(value));
            }
        }
        return told;
    }
}
