package io.infraai.adapters.alertmanager;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What a label must be like, in Alertmanager's words.
 *
 * @param value its text or its expression
 */
record Matcher(String name, boolean regex, boolean equal, String value) {

    /** What to tell whoever wrote matchers that can't be read. */
    static final String SYNTAX = "Matchers are written as alertname=\"PodCrashLoop\", namespace=~\"shop|cart\", with"
            + " =, !=, =~ or !~ and the value in double quotes";

    private static final int MOST = 20;

    private static final Pattern ONE = Pattern.compile(
            "\\s*([a-zA-Z_][a-zA-Z0-9_]*)\\s*(=~|!~|!=|=)\\s*\"((?:[^\"\\\\]|\\\\[\"\\\\n])*+)\"\\s*(,|$)");

    /** Matchers with commas between them, in braces or not; empty when that is not what the text is. */
    static Optional<List<Matcher>> parse(String text) {
        var rest = text.strip();
        if (rest.startsWith("{") && rest.endsWith("}")) {
            rest = rest.substring(1, rest.length() - 1);
        }
        var matchers = new ArrayList<Matcher>();
        var next = ONE.matcher(rest);
        int end = 0;
        while (end < rest.length()) {
            if (!next.find(end) || next.start() != end || matchers.size() == MOST) {
                return Optional.empty();
            }
            var operator = next.group(2);
            matchers.add(new Matcher(
                    next.group(1), operator.endsWith("~"), !operator.startsWith("!"), unescaped(next.group(3))));
            end = next.end();
        }
        return matchers.isEmpty() ? Optional.empty() : Optional.of(matchers);
    }

    /** Whether it names alerts, rather than leaving some out or matching those without the label. */
    boolean narrows() {
        return equal && !regex && !value.isBlank();
    }

    ObjectNode json() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("name", name)
                .put("value", value)
                .put("isRegex", regex)
                .put("isEqual", equal);
    }

    /** As Alertmanager reads it in a filter. */
    @Override
    public String toString() {
        var operator = (equal ? "=" : "!") + (regex ? "~" : equal ? "" : "=");
        return name + operator + "\""
                + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
    }

    private static String unescaped(String text) {
        var plain = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            var escapes = text.charAt(i) == '\\' && i + 1 < text.length();
            var character = escapes ? text.charAt(++i) : text.charAt(i);
            plain.append(escapes && character == 'n' ? '\n' : character);
        }
        return plain.toString();
    }
}
