package io.infraai.policies;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.infraai.contracts.alert.Alert;

/**
 * A text with placeholders for an alert's values: {@code ${label.x}}, {@code ${annotation.x}},
 * {@code ${alert.status|fingerprint|starts_at}}. Filled in one pass: what a value holds is never expanded again, and any
 * other {@code ${…}} stays as it is.
 */
public final class Template {

    private static final Pattern PLACEHOLDER =
            Pattern.compile("\\$\\{(?:(label|annotation)\\.([^{}]+)|alert\\.(status|fingerprint|starts_at))\\}");

    private final List<Part> parts;

    private Template(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    public static Template parse(String text) {
        var parts = new ArrayList<Part>();
        var matcher = PLACEHOLDER.matcher(text);
        int end = 0;
        while (matcher.find()) {
            if (matcher.start() > end) {
                parts.add(new Literal(text.substring(end, matcher.start())));
            }
            parts.add(placeholder(matcher));
            end = matcher.end();
        }
        if (end < text.length() || parts.isEmpty()) {
            parts.add(new Literal(text.substring(end)));
        }
        return new Template(parts);
    }

    public boolean hasPlaceholders() {
        return parts.stream().anyMatch(Placeholder.class::isInstance);
    }

    /** Whether it is one placeholder and nothing else, so that its value may become a number. */
    public boolean isOnePlaceholder() {
        return parts.size() == 1 && hasPlaceholders();
    }

    public Rendering render(Alert alert) {
        return render(alert, false);
    }

    /** As {@link #render}, with values escaped so that none can end the PromQL string it stands in. */
    public Rendering renderPromQl(Alert alert) {
        return render(alert, true);
    }

    private Rendering render(Alert alert, boolean promQl) {
        var text = new StringBuilder();
        for (var part : parts) {
            switch (part) {
                case Literal(var literal) -> text.append(literal);
                case Placeholder placeholder -> {
                    var value = placeholder.value(alert);
                    if (value.isBlank()) {
                        return new Unresolved(placeholder.written());
                    }
                    text.append(promQl ? escaped(value) : value);
                }
            }
        }
        return new Rendered(text.toString());
    }

    /** The placeholders that stand outside of a PromQL string, where a value could change the query's meaning. */
    List<String> placeholdersOutsideQuotes() {
        var outside = new ArrayList<String>();
        char quote = 0;
        for (var part : parts) {
            switch (part) {
                case Literal(var literal) -> quote = quoteAfter(literal, quote);
                case Placeholder placeholder -> {
                    if (quote == 0) {
                        outside.add(placeholder.written());
                    }
                }
            }
        }
        return outside;
    }

    private static char quoteAfter(String literal, char before) {
        char quote = before;
        for (int i = 0; i < literal.length(); i++) {
            char c = literal.charAt(i);
            if (quote != 0 && quote != '`' && c == '\\') {
                i++;
            } else if (quote == c) {
                quote = 0;
            } else if (quote == 0 && (c == '"' || c == '\'' || c == '`')) {
                quote = c;
            }
        }
        return quote;
    }

    /** The other kinds of quotes as codes, since {@code \'} is no escape in a double-quoted PromQL string. */
    private static String escaped(String value) {
        return value.replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("\n", "\\n")
                .replace("'", "\\x27")
                .replace("`", "\\x60");
    }

    private static Placeholder placeholder(Matcher matcher) {
        var written = matcher.group();
        if (matcher.group(3) != null) {
            return new OfAlert(matcher.group(3), written);
        }
        return matcher.group(1).equals("label")
                ? new OfLabel(matcher.group(2), written)
                : new OfAnnotation(matcher.group(2), written);
    }

    /** A filled template, or the placeholder for which the alert has no value. */
    public sealed interface Rendering {}

    public record Rendered(String text) implements Rendering {}

    public record Unresolved(String placeholder) implements Rendering {}

    private sealed interface Part {}

    private record Literal(String text) implements Part {}

    private sealed interface Placeholder extends Part {
        String written();

        String value(Alert alert);
    }

    private record OfLabel(String name, String written) implements Placeholder {
        @Override
        public String value(Alert alert) {
            return alert.label(name);
        }
    }

    private record OfAnnotation(String name, String written) implements Placeholder {
        @Override
        public String value(Alert alert) {
            return alert.annotation(name);
        }
    }

    private record OfAlert(String field, String written) implements Placeholder {
        @Override
        public String value(Alert alert) {
            if (field.equals("status")) {
                return alert.status().wire();
            }
            if (field.equals("starts_at")) {
                return alert.startsAt().toString();
            }
            var fingerprint = alert.fingerprint();
            return fingerprint == null ? "" : fingerprint;
        }
    }
}
