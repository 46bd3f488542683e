package io.infraai.simulators.alertmanager;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What a label must be like. */
record LabelMatcher(String name, String value, boolean isRegex, boolean isEqual) {

    private static final Pattern FILTER =
            Pattern.compile("\\s*([a-zA-Z_]\\w*)\\s*(=~|!~|!=|=)\\s*\"((?:[^\"\\\\]|\\\\.)*)\"\\s*");

    static Optional<LabelMatcher> parse(String filter) {
        var found = FILTER.matcher(filter);
        if (!found.matches()) {
            return Optional.empty();
        }
        var operator = found.group(2);
        var value = found.group(3).replace("\\\"", "\"").replace("\\\\", "\\");
        return valid(new LabelMatcher(found.group(1), value, operator.endsWith("~"), operator.startsWith("=")));
    }

    static Optional<LabelMatcher> sent(JsonNode matcher) {
        return valid(new LabelMatcher(
                matcher.path("name").asText(),
                matcher.path("value").asText(),
                matcher.path("isRegex").asBoolean(),
                matcher.path("isEqual").asBoolean(true)));
    }

    boolean matches(Map<String, String> labels) {
        var found = labels.getOrDefault(name, "");
        return (isRegex ? Pattern.matches(value, found) : found.equals(value)) == isEqual;
    }

    ObjectNode json() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("name", name)
                .put("value", value)
                .put("isRegex", isRegex)
                .put("isEqual", isEqual);
    }

    private static Optional<LabelMatcher> valid(LabelMatcher matcher) {
        try {
            Pattern.compile(matcher.isRegex() ? matcher.value() : "");
            return matcher.name().isEmpty() ? Optional.empty() : Optional.of(matcher);
        } catch (PatternSyntaxException _) {
            return Optional.empty();
        }
    }
}
