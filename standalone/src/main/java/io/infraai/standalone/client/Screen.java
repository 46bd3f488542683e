package io.infraai.standalone.client;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;

/** Shows answers to a person, or as JSON to a program. What alerts and tools said is shown as text, never as a terminal's commands. */
final class Screen {

    private static final Pattern COMMANDS = Pattern.compile("[\\p{Cc}\\p{Cf}&&[^\\n\\t]]");
    private static final int WIDEST = 60;

    private final PrintStream out;
    private final boolean json;

    Screen(PrintStream out, boolean json) {
        this.out = out;
        this.json = json;
    }

    /** One column of a table. */
    record Column(String title, Function<JsonNode, String> value) {

        /** A member, or one of a member's members: {@code action/tool}. */
        static Column of(String title, String path) {
            return new Column(title, row -> text(row.at("/" + path)));
        }
    }

    /** A sentence for people; a program gets the answer alone. */
    void say(JsonNode answer, String sentence) {
        if (json) {
            out.println(answer.toPrettyString());
        } else {
            out.println(plain(sentence));
        }
        out.flush();
    }

    void show(JsonNode answer) {
        out.println(json ? answer.toPrettyString() : plain(answer.toPrettyString()));
        out.flush();
    }

    void table(JsonNode rows, Column... columns) {
        if (json) {
            show(rows);
            return;
        }
        if (rows.isEmpty()) {
            out.println("(none)");
            out.flush();
            return;
        }
        var lines = new ArrayList<List<String>>();
        lines.add(List.of(columns).stream().map(Column::title).toList());
        rows.forEach(row -> lines.add(List.of(columns).stream()
                .map(column -> shortened(column.value().apply(row)))
                .toList()));
        var widths = new int[columns.length];
        for (var line : lines) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        }
        for (var line : lines) {
            var text = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                text.append(line.get(i))
                        .append(" ".repeat(widths[i] - line.get(i).length() + 2));
            }
            out.println(text.toString().stripTrailing());
        }
        out.flush();
    }

    private static String text(JsonNode node) {
        return node.isValueNode() && !node.isNull() ? node.asText() : node.isContainerNode() ? node.toString() : "";
    }

    private static String shortened(String text) {
        var line = plain(text).replace('\n', ' ').replace('\t', ' ');
        return line.length() <= WIDEST ? line : line.substring(0, WIDEST - 1) + "…";
    }

    static String plain(String text) {
        return COMMANDS.matcher(text).replaceAll("");
    }
}
