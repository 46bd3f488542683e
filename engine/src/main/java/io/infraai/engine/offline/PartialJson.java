package io.infraai.engine.offline;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.ValueNode;

/**
 * The first object of a text as far as it goes: long results are cut somewhere. An element of a list that isn't whole is left
 * out, so that half a pod isn't taken for one.
 *
 * @param cut whether the object's end wasn't reached
 */
record PartialJson(JsonNode node, boolean cut) {

    private static final JsonFactory FACTORY = new JsonFactory();

    /** Deeper than what any tool tells. */
    private static final int DEEPEST = 60;

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    static PartialJson read(String text) {
        var open = new ArrayDeque<ContainerNode<?>>();
        var root = NODES.objectNode();
        try (var parser = FACTORY.createParser(text)) {
            parser.nextToken();
            open.push(root);
            while (!open.isEmpty()) {
                step(parser, open);
            }
            return new PartialJson(root, false);
        } catch (IOException _) {
            return new PartialJson(root, true);
        }
    }

    private static void step(JsonParser parser, Deque<ContainerNode<?>> open) throws IOException {
        var token = parser.nextToken();
        if (token == null || open.size() > DEEPEST) {
            throw new IOException("The text ends before the object does");
        }
        switch (token) {
            case START_OBJECT -> begin(NODES.objectNode(), parser, open);
            case START_ARRAY -> begin(NODES.arrayNode(), parser, open);
            case END_OBJECT, END_ARRAY -> {
                var ended = open.pop();
                if (open.peek() instanceof ArrayNode list) {
                    list.add(ended);
                }
            }
            case FIELD_NAME -> {
                // read with the value that follows
            }
            default -> put(value(parser), parser, open);
        }
    }

    private static void begin(ContainerNode<?> node, JsonParser parser, Deque<ContainerNode<?>> open)
            throws IOException {
        if (open.element() instanceof ObjectNode object) {
            object.set(parser.currentName(), node);
        }
        open.push(node);
    }

    private static void put(ValueNode value, JsonParser parser, Deque<ContainerNode<?>> open) throws IOException {
        switch (open.element()) {
            case ObjectNode object -> object.set(parser.currentName(), value);
            case ArrayNode list -> list.add(value);
            default -> throw new IOException("Neither an object nor a list");
        }
    }

    private static ValueNode value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NUMBER_INT -> NODES.numberNode(parser.getLongValue());
            case VALUE_NUMBER_FLOAT -> NODES.numberNode(parser.getDoubleValue());
            case VALUE_NULL -> NODES.nullNode();
            default -> NODES.textNode(parser.getText());
        };
    }
}
