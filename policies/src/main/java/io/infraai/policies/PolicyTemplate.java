package io.infraai.policies;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import org.jspecify.annotations.Nullable;

import io.infraai.policies.PolicyReading.Fault;

/**
 * A policy of the library, with gaps to fill.
 *
 * @param alerts the names of the alerts that it fits; none where every house has its own
 * @param why what speaks for its limits, and against going further
 * @param policy a policy's document, whose texts hold {@code {{name}}} where a parameter belongs; the mode is the advised one
 * @param example an alert that it acts on, when its parameters have their defaults or examples
 * @param counterexample one that it doesn't
 */
public record PolicyTemplate(
        String name,
        String title,
        String description,
        List<String> alerts,
        String why,
        List<Parameter> parameters,
        ObjectNode policy,
        ObjectNode example,
        ObjectNode counterexample) {

    private static final Pattern GAP = Pattern.compile("\\{\\{([a-z_]+)}}");

    /** Neither ends a quoted matcher or label value nor opens a gap or a placeholder. */
    private static final Pattern TEXT = Pattern.compile("[^\"\\\\{}\\p{Cc}\\p{Cf}]{1,200}");

    public PolicyTemplate {
        alerts = List.copyOf(alerts);
        parameters = List.copyOf(parameters);
    }

    /**
     * @param type {@code text} or {@code number}
     * @param standard what it is when nobody says; absent when somebody must
     * @param example what somebody might say
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Parameter(
            String name,
            String type,
            String description,
            @JsonProperty("default") @Nullable JsonNode standard,
            @Nullable JsonNode example) {

        private @Nullable String wrong(JsonNode value) {
            if (type.equals("number")) {
                return value.isNumber() ? null : "must be a number";
            }
            return value.isTextual() && TEXT.matcher(value.textValue()).matches()
                    ? null
                    : "must be a text of 1 to 200 characters without quotes, backslashes, braces and control characters";
        }
    }

    /** What came of filling the gaps. */
    public sealed interface Filled {

        /** Whether it is a policy that works is still to be looked at. */
        record Ready(ObjectNode policy) implements Filled {}

        /**
         * @param faults with paths into the values
         */
        record Refused(List<Fault> faults) implements Filled {}
    }

    /** Fills the gaps with these values, or with the defaults of those that aren't there. */
    public Filled fill(ObjectNode values) {
        var faults = new ArrayList<Fault>();
        var known = parameters.stream().map(Parameter::name).toList();
        values.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                faults.add(new Fault("/" + name, "there is no such parameter" + Spelling.suggestion(name, known)));
            }
        });
        var chosen = new HashMap<String, JsonNode>();
        for (var parameter : parameters) {
            var value = values.has(parameter.name()) ? values.get(parameter.name()) : parameter.standard();
            var wrong = value == null ? "is missing: " + parameter.description() : parameter.wrong(value);
            if (wrong != null) {
                faults.add(new Fault("/" + parameter.name(), wrong));
            } else {
                chosen.put(parameter.name(), value);
            }
        }
        return faults.isEmpty() ? new Filled.Ready((ObjectNode) filled(policy, chosen)) : new Filled.Refused(faults);
    }

    /** The values with which the examples are meant. */
    public ObjectNode exampleValues() {
        var values = JsonNodeFactory.instance.objectNode();
        for (var parameter : parameters) {
            if (parameter.example() != null) {
                values.set(parameter.name(), parameter.example());
            }
        }
        return values;
    }

    private static JsonNode filled(JsonNode node, Map<String, JsonNode> values) {
        return switch (node) {
            case ObjectNode object -> {
                var copy = JsonNodeFactory.instance.objectNode();
                object.properties().forEach(each -> copy.set(each.getKey(), filled(each.getValue(), values)));
                yield copy;
            }
            case ArrayNode array -> {
                var copy = JsonNodeFactory.instance.arrayNode();
                array.forEach(each -> copy.add(filled(each, values)));
                yield copy;
            }
            case TextNode text -> filled(text, values);
            default -> node;
        };
    }

    /** A gap that is the whole text becomes what fills it, be it a number. */
    private static JsonNode filled(TextNode text, Map<String, JsonNode> values) {
        var gap = GAP.matcher(text.textValue());
        if (gap.matches()) {
            return value(values, gap.group(1));
        }
        return TextNode.valueOf(gap.replaceAll(
                found -> Matcher.quoteReplacement(value(values, found.group(1)).asText())));
    }

    private static JsonNode value(Map<String, JsonNode> values, String name) {
        var value = values.get(name);
        if (value == null) {
            throw new IllegalStateException("A template has a gap '" + name + "' and no such parameter");
        }
        return value;
    }
}
