package io.infraai.engine.tools;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Labels as a model writes them: {@code namespace=shop, severity="critical"}. */
final class LabelList {

    static final String SYNTAX = "Labels are written as name=value, separated by commas, e.g. namespace=shop";

    private static final Pattern PAIR =
            Pattern.compile("\\s*([a-zA-Z_][a-zA-Z0-9_]*)\\s*=\\s*(?:\"([^\"]*)\"|([^\",]*?))\\s*");

    private LabelList() {}

    /** Empty when it can't be read. */
    static Optional<Map<String, String>> parse(String text) {
        var labels = new LinkedHashMap<String, String>();
        for (var part : text.split(",", -1)) {
            var pair = PAIR.matcher(part);
            if (!pair.matches()) {
                return Optional.empty();
            }
            labels.put(pair.group(1), pair.group(2) == null ? pair.group(3) : pair.group(2));
        }
        return Optional.of(labels);
    }
}
