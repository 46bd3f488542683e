package io.infraai.adapters.grafana;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The variables of a dashboard with what is chosen for each.
 *
 * @param chosen by name, in the dashboard's order
 */
record Variables(Map<String, List<String>> chosen) {

    /** As a panel of one hour's width would have them, scraped every 15 to 60 seconds. */
    private static final Map<String, String> OF_GRAFANA = Map.of(
            "__rate_interval", "5m",
            "__interval", "1m",
            "__interval_ms", "60000",
            "__range", "1h",
            "__range_s", "3600",
            "__range_ms", "3600000");

    private static final String ALL = "$__all";
    private static final Pattern REFERENCE =
            Pattern.compile("\\$\\{(\\w+)(?::(\\w+))?\\}|\\$(\\w+)|\\[\\[(\\w+)(?::(\\w+))?\\]\\]");
    private static final Pattern SPECIAL = Pattern.compile("[\\\\.+*?()|\\[\\]{}^$]");

    /**
     * @param text what was put together
     * @param unknown variables that stayed as they were
     */
    record Substituted(String text, List<String> unknown) {}

    static Variables of(JsonNode dashboard) {
        var chosen = new LinkedHashMap<String, List<String>>();
        for (var variable : dashboard.path("templating").path("list")) {
            put(chosen, variable);
        }
        for (var variable : dashboard.path("variables")) {
            put(chosen, variable.path("spec"));
        }
        return new Variables(chosen);
    }

    /** With others chosen; what the dashboard has not is of no use and no harm. */
    Variables with(Map<String, String> others) {
        var all = new LinkedHashMap<>(chosen);
        others.forEach((name, value) -> all.put(name, List.of(value)));
        return new Variables(all);
    }

    /** Several values become an alternative, as in {@code namespace=~"$namespace"}. */
    Substituted into(String expression) {
        var unknown = new TreeSet<String>();
        var text = REFERENCE.matcher(expression).replaceAll(found -> {
            var name = Stream.of(1, 3, 4)
                    .map(found::group)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse("");
            var format = Stream.of(2, 5)
                    .map(found::group)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse("");
            return Matcher.quoteReplacement(value(name, format).orElseGet(() -> {
                unknown.add(name);
                return found.group();
            }));
        });
        return new Substituted(text, List.copyOf(unknown));
    }

    private Optional<String> value(String name, String format) {
        var values = chosen.get(name);
        if (values == null || values.isEmpty()) {
            return Optional.ofNullable(OF_GRAFANA.get(name));
        }
        if (values.contains(ALL)) {
            return Optional.of(".*");
        }
        if (values.size() == 1) {
            return Optional.of(format.equals("regex") ? escaped(values.getFirst()) : values.getFirst());
        }
        return Optional.of(values.stream().map(Variables::escaped).collect(Collectors.joining("|", "(", ")")));
    }

    private static void put(Map<String, List<String>> chosen, JsonNode variable) {
        var name = variable.path("name").asText();
        if (name.isEmpty()) {
            return;
        }
        var current = variable.path("current").path("value");
        var values = current.isArray()
                ? current.valueStream().map(JsonNode::asText).toList()
                : current.asText("").isEmpty() ? List.<String>of() : List.of(current.asText());
        var all = variable.path("allValue").asText("");
        chosen.put(name, values.contains(ALL) && !all.isEmpty() ? List.of(all) : values);
    }

    /** Twice, since it goes into a text in quotes. */
    private static String escaped(String value) {
        return SPECIAL.matcher(value).replaceAll(found -> Matcher.quoteReplacement("\\\\" + found.group()));
    }
}
