package io.infraai.engine.agent;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.model.chat.request.json.JsonBooleanSchema;
import dev.langchain4j.model.chat.request.json.JsonEnumSchema;
import dev.langchain4j.model.chat.request.json.JsonIntegerSchema;
import dev.langchain4j.model.chat.request.json.JsonNumberSchema;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.langchain4j.model.chat.request.json.JsonSchemaElement;
import dev.langchain4j.model.chat.request.json.JsonStringSchema;

import io.infraai.contracts.tool.Risk;
import io.infraai.contracts.tool.ToolDescription;

/** A tool as a model is told of it. */
final class OfferedTool {

    private OfferedTool() {}

    static ToolSpecification of(ToolDescription tool) {
        return ToolSpecification.builder()
                .name(tool.name())
                .description(
                        tool.risk() == Risk.READS
                                ? tool.description()
                                : tool.description() + " (changes something: waits for a person's approval)")
                .parameters(object(tool.inputSchema()))
                .build();
    }

    private static JsonObjectSchema object(JsonNode schema) {
        var object = JsonObjectSchema.builder();
        schema.path("properties")
                .properties()
                .forEach(property -> object.addProperty(property.getKey(), element(property.getValue())));
        return object.required(texts(schema.path("required"))).build();
    }

    /** Our own tools' schemas are of these types; those of external servers may be anything, and are handed on as they are. */
    private static JsonSchemaElement element(JsonNode schema) {
        var description = schema.path("description").asText(null);
        if (schema.has("enum")) {
            return JsonEnumSchema.builder()
                    .description(description)
                    .enumValues(texts(schema.get("enum")))
                    .build();
        }
        return switch (schema.path("type").asText()) {
            case "string" -> JsonStringSchema.builder().description(description).build();
            case "integer" ->
                JsonIntegerSchema.builder().description(description).build();
            case "number" -> JsonNumberSchema.builder().description(description).build();
            case "boolean" ->
                JsonBooleanSchema.builder().description(description).build();
            default -> JsonRawSchema.builder().schema(schema.toString()).build();
        };
    }

    private static List<String> texts(JsonNode array) {
        return new ArrayList<>(StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList());
    }
}
