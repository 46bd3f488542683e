package io.infraai.policies;

import java.math.BigDecimal;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import org.jspecify.annotations.Nullable;

import io.infraai.contracts.alert.Alert;
import io.infraai.contracts.tool.ToolDescription;

/** Fills the placeholders of an action's parameters from one alert. */
final class Parameters {

    private static final Pattern INTEGER = Pattern.compile("-?\\d{1,18}");
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,18}(\\.\\d{1,18})?");

    private final ToolDescription tool;
    private final Alert alert;
    private @Nullable String unresolved;

    private Parameters(ToolDescription tool, Alert alert) {
        this.tool = tool;
        this.alert = alert;
    }

    static Filled fill(ObjectNode params, ToolDescription tool, Alert alert) {
        var parameters = new Parameters(tool, alert);
        var filled = JsonNodeFactory.instance.objectNode();
        params.properties()
                .forEach(entry -> filled.set(entry.getKey(), parameters.fill(entry.getKey(), entry.getValue())));
        var unresolved = parameters.unresolved;
        return unresolved == null ? new Complete(filled) : new Lacking(unresolved);
    }

    private JsonNode fill(String name, JsonNode node) {
        if (node instanceof ObjectNode object) {
            var filled = JsonNodeFactory.instance.objectNode();
            object.properties().forEach(entry -> filled.set(entry.getKey(), fill(name, entry.getValue())));
            return filled;
        }
        if (node instanceof ArrayNode array) {
            var filled = JsonNodeFactory.instance.arrayNode();
            array.forEach(each -> filled.add(fill(name, each)));
            return filled;
        }
        return node.isTextual() ? fill(name, Template.parse(node.textValue()), node) : node;
    }

    private JsonNode fill(String name, Template template, JsonNode written) {
        if (!template.hasPlaceholders()) {
            return written;
        }
        return switch (isPromQl(name) ? template.renderPromQl(alert) : template.render(alert)) {
            case Template.Rendered(var text) -> template.isOnePlaceholder() ? typed(name, text) : new TextNode(text);
            case Template.Unresolved(var placeholder) -> {
                unresolved = unresolved == null ? placeholder : unresolved;
                yield written;
            }
        };
    }

    private boolean isPromQl(String name) {
        return name.equals("query")
                || name.equals("promql")
                || schema(name).path("format").asText().equals("promql");
    }

    /** A value that isn't of the wanted type stays a text, which the schema then refuses by name. */
    private JsonNode typed(String name, String text) {
        return switch (schema(name).path("type").asText()) {
            case "integer" -> INTEGER.matcher(text).matches() ? new LongNode(Long.parseLong(text)) : new TextNode(text);
            case "number" ->
                NUMBER.matcher(text).matches() ? new DecimalNode(new BigDecimal(text)) : new TextNode(text);
            case "boolean" ->
                text.equals("true") || text.equals("false")
                        ? BooleanNode.valueOf(Boolean.parseBoolean(text))
                        : new TextNode(text);
            default -> new TextNode(text);
        };
    }

    private JsonNode schema(String name) {
        return tool.inputSchema().path("properties").path(name);
    }

    sealed interface Filled {}

    record Complete(ObjectNode params) implements Filled {}

    record Lacking(String placeholder) implements Filled {}
}
