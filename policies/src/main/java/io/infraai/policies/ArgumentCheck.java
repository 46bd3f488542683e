package io.infraai.policies;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.re2j.Pattern;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;

import io.infraai.contracts.tool.ToolDescription;
import io.infraai.policies.PolicyReading.Fault;

/** Checks arguments against a tool's JSON schema, which is compiled once. Safe for many threads. */
final class ArgumentCheck {

    private static final int SHOWN = 80;

    private static final JsonSchemaFactory FACTORY = JsonSchemaFactory.getInstance(
            VersionFlag.V202012,
            // a schema comes from a worker: it must not make this process fetch anything
            builder -> builder.schemaLoaders(loaders -> loaders.values(List::clear)));

    private static final SchemaValidatorsConfig CONFIG = SchemaValidatorsConfig.builder()
            .locale(Locale.ENGLISH)
            .pathType(PathType.JSON_POINTER)
            .regularExpressionFactory(pattern -> {
                var compiled = Pattern.compile(pattern);
                return text -> compiled.matcher(text).find();
            })
            .build();

    private final Map<String, Compiled> compiled = new ConcurrentHashMap<>();

    /** Paths are JSON pointers into the arguments. */
    List<Fault> check(ToolDescription tool, ObjectNode arguments) {
        return check(tool, arguments, Set.of());
    }

    /** As {@link #check}, but what holds a placeholder is only known when there is an alert. */
    List<Fault> checkTemplates(ToolDescription tool, ObjectNode params) {
        var open = new HashSet<String>();
        var faults = new ArrayList<Fault>();
        collectOpen(params, JsonPointer.empty(), open);
        for (var path : open) {
            var name = JsonPointer.compile(path).getMatchingProperty();
            var type = tool.inputSchema()
                    .path("properties")
                    .path(name)
                    .path("type")
                    .asText("string");
            var text = params.at(path).asText();
            if (!type.equals("string")
                    && isParameter(params, name, path)
                    && !Template.parse(text).isOnePlaceholder()) {
                faults.add(new Fault(
                        path, "\"" + name + "\" is of type " + type + ": a placeholder for it must stand alone"));
            }
        }
        faults.addAll(check(tool, params, open));
        return faults;
    }

    private static boolean isParameter(ObjectNode params, String name, String path) {
        return params.has(name) && JsonPointer.compile(path).tail().matches();
    }

    private List<Fault> check(ToolDescription tool, ObjectNode arguments, Set<String> open) {
        return schema(tool).validate(arguments).stream()
                .filter(message -> !open.contains(message.getInstanceLocation().toString()))
                .map(message -> fault(tool, arguments, message))
                .distinct()
                .toList();
    }

    private JsonSchema schema(ToolDescription tool) {
        var known = compiled.get(tool.name());
        if (known == null || !known.source().equals(tool.inputSchema())) {
            var schema = FACTORY.getSchema(tool.inputSchema(), CONFIG);
            schema.initializeValidators();
            known = new Compiled(tool.inputSchema(), schema);
            compiled.put(tool.name(), known);
        }
        return known.schema();
    }

    private static void collectOpen(JsonNode node, JsonPointer at, Set<String> open) {
        if (node.isTextual() && Template.parse(node.textValue()).hasPlaceholders()) {
            open.add(at.toString());
        }
        node.properties().forEach(entry -> collectOpen(entry.getValue(), at.appendProperty(entry.getKey()), open));
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            collectOpen(node.get(i), at.appendIndex(i), open);
        }
    }

    private static Fault fault(ToolDescription tool, ObjectNode arguments, ValidationMessage message) {
        var at = message.getInstanceLocation().toString();
        var property = message.getProperty();
        if (message.getType().equals("additionalProperties")) {
            var known = new ArrayList<String>();
            tool.inputSchema().path("properties").fieldNames().forEachRemaining(known::add);
            return new Fault(
                    at + "/" + property,
                    tool.name() + " has no parameter \"" + property + "\"" + Spelling.suggestion(property, known));
        }
        if (message.getType().equals("required")) {
            return new Fault(at + "/" + property, tool.name() + " needs the parameter \"" + property + "\"");
        }
        var name = at.isEmpty() ? "arguments" : at.substring(1);
        return new Fault(at, "\"" + name + "\" is " + shown(arguments.at(at)) + ": " + message.getError());
    }

    private static String shown(JsonNode node) {
        var text = node.toString();
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }

    private record Compiled(JsonNode source, JsonSchema schema) {}
}
