package io.infraai.simulators.kubernetes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;

/** A label selector, from a query parameter or from a spec. */
record Selector(List<Requirement> requirements) {

    static final Selector EVERYTHING = new Selector(List.of());

    private static final Pattern SET = Pattern.compile("\\s*(\\S+)\\s+(in|notin)\\s*\\(([^)]*)\\)\\s*");
    private static final Pattern EQUALITY = Pattern.compile("\\s*([^\\s=!]+)\\s*(==|=|!=)\\s*([^\\s=!]*)\\s*");
    private static final Pattern EXISTENCE = Pattern.compile("\\s*(!?)\\s*([^\\s=!()]+)\\s*");
    private static final Pattern OUTER_COMMA = Pattern.compile(",(?![^(]*\\))");

    private enum Operator {
        IN,
        NOT_IN,
        EXISTS,
        NOT_EXISTS
    }

    private record Requirement(String label, Operator operator, Set<String> values) {

        boolean holds(JsonNode labels) {
            var value = labels.path(label);
            return switch (operator) {
                case IN -> !value.isMissingNode() && values.contains(value.asText());
                case NOT_IN -> value.isMissingNode() || !values.contains(value.asText());
                case EXISTS -> !value.isMissingNode();
                case NOT_EXISTS -> value.isMissingNode();
            };
        }
    }

    static Selector parse(String text) {
        if (text.isBlank()) {
            return EVERYTHING;
        }
        return new Selector(Arrays.stream(OUTER_COMMA.split(text))
                .map(Selector::requirement)
                .toList());
    }

    /** A spec's {@code matchLabels} and {@code matchExpressions}. */
    static Selector of(JsonNode spec) {
        var all = new ArrayList<Requirement>();
        spec.path("matchLabels")
                .properties()
                .forEach(label -> all.add(new Requirement(
                        label.getKey(), Operator.IN, Set.of(label.getValue().asText()))));
        for (var expression : spec.path("matchExpressions")) {
            var values = new HashSet<String>();
            expression.path("values").forEach(value -> values.add(value.asText()));
            var operator = switch (expression.path("operator").asText()) {
                case "In" -> Operator.IN;
                case "NotIn" -> Operator.NOT_IN;
                case "Exists" -> Operator.EXISTS;
                default -> Operator.NOT_EXISTS;
            };
            all.add(new Requirement(expression.path("key").asText(), operator, values));
        }
        return new Selector(all);
    }

    boolean matches(JsonNode labels) {
        for (var requirement : requirements) {
            if (!requirement.holds(labels)) {
                return false;
            }
        }
        return true;
    }

    private static Requirement requirement(String text) {
        var set = SET.matcher(text);
        if (set.matches()) {
            var values =
                    Arrays.stream(set.group(3).split(",")).map(String::strip).toList();
            return new Requirement(
                    set.group(1), set.group(2).equals("in") ? Operator.IN : Operator.NOT_IN, Set.copyOf(values));
        }
        var equality = EQUALITY.matcher(text);
        if (equality.matches()) {
            var operator = equality.group(2).equals("!=") ? Operator.NOT_IN : Operator.IN;
            return new Requirement(equality.group(1), operator, Set.of(equality.group(3)));
        }
        var existence = EXISTENCE.matcher(text);
        if (existence.matches()) {
            var operator = existence.group(1).isEmpty() ? Operator.EXISTS : Operator.NOT_EXISTS;
            return new Requirement(existence.group(2), operator, Set.of());
        }
        throw ApiFailure.badRequest("unable to parse requirement: couldn't parse \"" + text + "\"");
    }
}
