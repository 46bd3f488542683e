package io.infraai.engine.untrusted;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.infraai.contracts.tool.ToolResult;
import io.infraai.contracts.tool.ToolResult.Done;
import io.infraai.contracts.tool.ToolResult.Failed;

/**
 * A tool's result as a model may see it: {@link FreeText} is replaced by placeholders such as {@code {text:0a1b2c3d4e5f.3}}.
 * The same result of the same call always has the same ones, and whoever writes into results can't know them.
 *
 * @param texts what each placeholder stands for
 */
public record Masked(ToolResult result, Map<String, String> texts) {

    /** Of one result; the rest is masked and can't be quoted. */
    private static final int MOST_TEXTS = 1_000;

    /** A text this short may stand in a summary by chance. */
    private static final int SHORTEST_IN_SUMMARY = 4;

    public Masked {
        texts = Map.copyOf(texts);
    }

    public static Masked of(UUID turnId, String callId, String tool, ToolResult result) {
        return switch (result) {
            case Failed _ -> new Masked(result, Map.of());
            case Done _ when FreeText.isOwn(tool) -> new Masked(result, Map.of());
            case Done(var summary, var detail) -> {
                var walk = new Walk(key(turnId, callId));
                var shown = walk.value("", detail, "");
                yield new Masked(new Done(walk.summary(summary), shown), walk.texts);
            }
        };
    }

    /** Known to nobody who can write into a tool's result, and the same whenever the turn is shown again. */
    private static String key(UUID turnId, String callId) {
        try {
            var digest = MessageDigest.getInstance("SHA-256")
                    .digest(("text/" + turnId + "/" + callId).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** Goes through one result. */
    private static final class Walk {

        private final String key;
        private final Map<String, String> texts = new LinkedHashMap<>();

        private Walk(String key) {
            this.key = key;
        }

        /**
         * @param field in which the value stands, or the list that it is an element of
         * @param list the nearest list around it
         */
        private JsonNode value(String field, JsonNode value, String list) {
            if (FreeText.isFree(field)) {
                return free(value);
            }
            return switch (value) {
                case ObjectNode object when FreeText.isLabels(field) -> labels(object);
                case ObjectNode object -> object(object, list);
                case ArrayNode array -> {
                    var shown = JsonNodeFactory.instance.arrayNode();
                    array.forEach(each -> shown.add(value("", each, field)));
                    yield shown;
                }
                default -> FreeText.isNoName(field, value.asText(), list) ? placeholder(value) : value;
            };
        }

        private ObjectNode object(ObjectNode object, String list) {
            var shown = JsonNodeFactory.instance.objectNode();
            object.properties()
                    .forEach(each -> shown.set(field(each.getKey()), value(each.getKey(), each.getValue(), list)));
            return shown;
        }

        private ObjectNode labels(ObjectNode labels) {
            var shown = JsonNodeFactory.instance.objectNode();
            labels.properties().forEach(each -> {
                var free = !each.getValue().isTextual()
                        || FreeText.isFreeLabel(each.getKey(), each.getValue().textValue());
                shown.set(field(each.getKey()), free ? free(each.getValue()) : each.getValue());
            });
            return shown;
        }

        /** All texts below, whatever they are called. */
        private JsonNode free(JsonNode value) {
            return switch (value) {
                case ObjectNode object -> {
                    var shown = JsonNodeFactory.instance.objectNode();
                    object.properties().forEach(each -> shown.set(field(each.getKey()), free(each.getValue())));
                    yield shown;
                }
                case ArrayNode array -> {
                    var shown = JsonNodeFactory.instance.arrayNode();
                    array.forEach(each -> shown.add(free(each)));
                    yield shown;
                }
                default -> placeholder(value);
            };
        }

        private String field(String name) {
            return FreeText.isKey(name) ? name : named(name);
        }

        private JsonNode placeholder(JsonNode value) {
            return !value.isTextual() || value.textValue().isBlank() || FreeText.isPlain(value.textValue())
                    ? value
                    : JsonNodeFactory.instance.textNode(named(value.textValue()));
        }

        private String named(String text) {
            if (texts.size() >= MOST_TEXTS) {
                return "{text}";
            }
            var placeholder = "{text:" + key + "." + (texts.size() + 1) + "}";
            texts.put(placeholder, text);
            return placeholder;
        }

        /** A tool's sentence may repeat a title. */
        private String summary(String summary) {
            var shown = summary;
            for (var each : texts.entrySet()) {
                if (each.getValue().length() >= SHORTEST_IN_SUMMARY) {
                    shown = shown.replace(each.getValue(), each.getKey());
                }
            }
            return shown;
        }
    }
}
