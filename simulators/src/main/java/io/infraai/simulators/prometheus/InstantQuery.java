package io.infraai.simulators.prometheus;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

import org.jspecify.annotations.Nullable;

/** The part of PromQL that is understood: a selector, an aggregation around it, a comparison with a number after each. */
record InstantQuery(
        List<LabelMatcher> matchers,
        @Nullable Comparison inner,
        @Nullable String aggregation,
        @Nullable Comparison outer) {

    private static final String LABELS = "\\{(?:[^\"}]|\"(?:[^\"\\\\]|\\\\.)*\")*\\}";
    private static final String SELECTOR = "(?:([a-zA-Z_:][\\w:]*)\\s*(" + LABELS + ")?|(" + LABELS + "))";
    private static final String COMPARISON =
            "(?:(>=|<=|==|!=|>|<)\\s*([-+]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][-+]?\\d+)?))?";
    private static final Pattern PLAIN = Pattern.compile("\\s*" + SELECTOR + "\\s*" + COMPARISON + "\\s*");
    private static final Pattern AGGREGATED =
            Pattern.compile("\\s*(sum|count|max|min|avg)\\s*\\((.*)\\)\\s*" + COMPARISON + "\\s*", Pattern.DOTALL);
    private static final Pattern MATCHER =
            Pattern.compile("\\s*([a-zA-Z_]\\w*)\\s*(=~|!~|!=|=)\\s*\"((?:[^\"\\\\]|\\\\.)*)\"\\s*(,|$)");

    private record Comparison(String operator, double number) {

        boolean holds(double value) {
            return switch (operator) {
                case ">" -> value > number;
                case "<" -> value < number;
                case ">=" -> value >= number;
                case "<=" -> value <= number;
                case "==" -> value == number;
                default -> value != number;
            };
        }
    }

    private record LabelMatcher(String label, String operator, String value, Pattern pattern) {

        boolean matches(Series series) {
            var found = series.label(label);
            return switch (operator) {
                case "=" -> found.equals(value);
                case "!=" -> !found.equals(value);
                case "=~" -> pattern.matcher(found).matches();
                default -> !pattern.matcher(found).matches();
            };
        }
    }

    static InstantQuery parse(String text) {
        if (text.isBlank()) {
            throw new BadData("invalid parameter \"query\": 1:1: parse error: no expression found in input");
        }
        var aggregated = AGGREGATED.matcher(text);
        if (aggregated.matches()) {
            var plain = selection(aggregated.group(2), text);
            return new InstantQuery(plain.matchers, plain.inner, aggregated.group(1), comparison(aggregated, 3));
        }
        return selection(text, text);
    }

    List<Series> over(List<Series> all) {
        var found = all.stream()
                .filter(series -> matchers.stream().allMatch(matcher -> matcher.matches(series)))
                .filter(series -> inner == null || inner.holds(series.value()))
                .toList();
        if (aggregation == null || found.isEmpty()) {
            return found;
        }
        var values = found.stream().mapToDouble(Series::value).summaryStatistics();
        double value = switch (aggregation) {
            case "sum" -> values.getSum();
            case "count" -> values.getCount();
            case "max" -> values.getMax();
            case "min" -> values.getMin();
            default -> values.getAverage();
        };
        return outer == null || outer.holds(value) ? List.of(new Series("", Map.of(), value)) : List.of();
    }

    private static InstantQuery selection(String text, String whole) {
        var plain = PLAIN.matcher(text);
        if (!plain.matches()) {
            throw new BadData("invalid parameter \"query\": 1:1: parse error: unexpected input in \"" + whole + "\"");
        }
        var matchers = new ArrayList<LabelMatcher>();
        if (plain.group(1) != null) {
            matchers.add(matcher("__name__", "=", plain.group(1)));
        }
        var labels = plain.group(1) == null ? plain.group(3) : plain.group(2);
        if (labels != null) {
            matchers.addAll(matchers(labels.substring(1, labels.length() - 1).strip(), whole));
        }
        if (matchers.isEmpty()) {
            throw new BadData("invalid parameter \"query\": 1:1: parse error: vector selector must contain at least one"
                    + " non-empty matcher");
        }
        return new InstantQuery(matchers, comparison(plain, 4), null, null);
    }

    private static List<LabelMatcher> matchers(String text, String whole) {
        var found = new ArrayList<LabelMatcher>();
        var next = MATCHER.matcher(text);
        int end = 0;
        while (end < text.length()) {
            if (!next.find(end) || next.start() != end) {
                throw new BadData(
                        "invalid parameter \"query\": 1:1: parse error: unexpected label matcher in \"" + whole + "\"");
            }
            found.add(matcher(next.group(1), next.group(2), unescaped(next.group(3))));
            end = next.end();
        }
        return found;
    }

    private static LabelMatcher matcher(String label, String operator, String value) {
        try {
            var pattern = Pattern.compile(operator.endsWith("~") ? value : Pattern.quote(value));
            return new LabelMatcher(label, operator, value, pattern);
        } catch (PatternSyntaxException malformed) {
            throw new BadData("invalid parameter \"query\": 1:1: parse error: error parsing regexp: "
                    + malformed.getDescription());
        }
    }

    private static @Nullable Comparison comparison(Matcher found, int group) {
        var operator = found.group(group);
        return operator == null ? null : new Comparison(operator, Double.parseDouble(found.group(group + 1)));
    }

    private static String unescaped(String text) {
        return text.replace("\\\"", "\"").replace("\\\\", "\\");
    }
}
