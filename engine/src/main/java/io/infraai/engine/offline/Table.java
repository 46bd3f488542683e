package io.infraai.engine.offline;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;

/**
 * A list of a result as a table: which field it is in, and what of each element is shown.
 *
 * @param empty what is said when there is nothing in it
 */
record Table(String list, List<Column> columns, String empty) {

    private static final int MOST_ROWS = 30;

    /**
     * @param path within an element
     * @param unit behind each value
     */
    record Column(String title, JsonPointer path, String unit) {

        String cell(JsonNode row) {
            var value = row.at(path);
            if (value.isMissingNode()
                    || value.isNull()
                    || (value.isValueNode() && value.asText().isEmpty())) {
                return "";
            }
            if (value.isArray()) {
                return Cells.plain(value.valueStream()
                        .map(each -> each.isValueNode() ? each.asText() : each.toString())
                        .collect(Collectors.joining(", ")));
            }
            var text = value.isValueNode() ? value.asText() : value.toString();
            return Cells.plain(text) + (unit.isEmpty() ? "" : " " + unit);
        }
    }

    /**
     * @param columns each as {@code title=/path} or {@code title=/path unit}
     */
    static Table of(String list, String empty, String... columns) {
        var read = new ArrayList<Column>();
        for (var column : columns) {
            var equals = column.indexOf('=');
            var space = column.indexOf(' ', equals);
            var path = space < 0 ? column.substring(equals + 1) : column.substring(equals + 1, space);
            read.add(new Column(
                    column.substring(0, equals),
                    JsonPointer.compile(path),
                    space < 0 ? "" : column.substring(space + 1)));
        }
        return new Table(list, List.copyOf(read), empty);
    }

    String shown(SeenResult result) {
        return shown(result.items(list).valueStream().toList());
    }

    String shown(List<JsonNode> rows) {
        if (rows.isEmpty()) {
            return empty;
        }
        var shown = rows.subList(0, Math.min(MOST_ROWS, rows.size()));
        var filled = columns.stream()
                .filter(column ->
                        shown.stream().anyMatch(row -> !column.cell(row).isEmpty()))
                .toList();
        var lines = new ArrayList<String>();
        lines.add(line(filled.stream().map(Column::title).toList()));
        lines.add(line(filled.stream().map(_ -> "---").toList()));
        shown.forEach(row ->
                lines.add(line(filled.stream().map(column -> column.cell(row)).toList())));
        if (rows.size() > shown.size()) {
            lines.add("");
            lines.add("… and " + (rows.size() - shown.size()) + " more.");
        }
        return String.join("\n", lines);
    }

    private static String line(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |";
    }
}
