package io.infraai.engine.offline;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;

/** Tells results in plain, short Markdown: what is in them and nothing else. */
final class Answers {

    private static final int MOST_LOG_LINES = 40;
    private static final int MOST_LOG_CHARACTERS = 4_000;
    private static final int MOST_FIELDS = 40;

    private Answers() {}

    static String of(List<Seen> all) {
        return all.stream().map(Answers::of).collect(Collectors.joining("\n\n"));
    }

    static String of(Seen seen) {
        var result = seen.result();
        if (!result.done()) {
            return failed(seen);
        }
        var body = body(seen);
        var document = result.detail().path("document").asText("");
        var more = document.isEmpty()
                ? result.cut() ? "\n\nThis isn't all: the result was longer than I can read. Ask more narrowly." : ""
                : "\n\nThe rest is kept: say \"read document " + Cells.plain(document) + "\", or ask more narrowly.";
        return Cells.plain(result.summary())
                + (result.summary().endsWith(".") ? "" : ".")
                + (body.isEmpty() ? "" : "\n\n" + body)
                + more;
    }

    static String pods(List<JsonNode> pods) {
        return Tables.PODS.shown(pods);
    }

    private static String body(Seen seen) {
        var result = seen.result();
        if (seen.isOf("top")) {
            return Tables.ofUsage(seen.call().argument("what")).shown(result);
        }
        if (seen.isOf("list_pods")) {
            return Tables.PODS.shown(Pods.sorted(result.items("pods")));
        }
        var table = Tables.of(seen.tool());
        if (table.isPresent() && result.items(table.get().list()).isArray()) {
            return table.get().shown(result);
        }
        return switch (seen.tool()) {
            case "pod_logs" -> log(result.detail().path("log").asText(""));
            case "read_document" ->
                Cells.block(last(result.detail().path("text").asText("")));
            case "query_range" -> ranges(seen);
            case "describe", "get_resource" -> described(result.detail());
            case "list_metrics" -> metrics(result.items("metrics"));
            case "propose_policy" -> Cells.block(result.detail().path("policy").toPrettyString());
            default -> fields(result.detail());
        };
    }

    private static String metrics(JsonNode names) {
        return names.valueStream()
                .limit(50)
                .map(name -> "- " + Cells.code(name.asText()))
                .collect(Collectors.joining("\n"));
    }

    private static String failed(Seen seen) {
        var next = seen.result().summary();
        return "`" + seen.tool() + "` didn't work: " + Cells.plain(next) + "\n\n" + Guide.afterFailure(seen.tool());
    }

    static String log(String log) {
        return log.isBlank() ? "The log is empty." : Cells.block(last(log));
    }

    private static String last(String text) {
        var lines = text.lines().toList();
        var kept = String.join("\n", lines.subList(Math.max(0, lines.size() - MOST_LOG_LINES), lines.size()));
        return kept.length() <= MOST_LOG_CHARACTERS ? kept : "…" + kept.substring(kept.length() - MOST_LOG_CHARACTERS);
    }

    private static String ranges(Seen seen) {
        var query = seen.call().argument("query");
        var minutes = seen.call().arguments().path("minutes").asInt(60);
        var lines = new ArrayList<String>();
        lines.add("| series | last | lowest | highest | average | trend over " + minutes + " min | |");
        lines.add("| --- | --- | --- | --- | --- | --- | --- |");
        for (var series : seen.result().items("series").valueStream().limit(20).toList()) {
            lines.add("| %s | %s | %s | %s | %s | %s | %s |"
                    .formatted(
                            Cells.plain(labels(series.path("labels"))),
                            value(query, series.path("last")),
                            value(query, series.path("min")),
                            value(query, series.path("max")),
                            value(query, series.path("average")),
                            Cells.plain(series.path("trend").asText("")),
                            Cells.plain(series.path("sparkline").asText(""))));
        }
        return lines.size() == 2 ? "" : String.join("\n", lines);
    }

    private static String value(String query, JsonNode value) {
        try {
            return value.isMissingNode() ? "" : PromQl.shown(query, Double.parseDouble(value.asText()));
        } catch (NumberFormatException _) {
            return Cells.plain(value.asText());
        }
    }

    private static String labels(JsonNode labels) {
        return labels.propertyStream()
                .map(label -> label.getKey() + "=" + label.getValue().asText())
                .collect(Collectors.joining(", "));
    }

    private static String described(JsonNode detail) {
        var lines = new ArrayList<String>();
        var object = detail.path("object");
        if (detail.has("conditions")) {
            lines.add("- conditions: " + words(detail.path("conditions")));
        }
        if (!detail.path("owners").isEmpty()) {
            lines.add("- belongs to: " + words(detail.path("owners")));
        }
        for (var container : object.at("/status/containerStatuses")) {
            lines.add("- container " + Cells.plain(container.path("name").asText()) + ": "
                    + container.path("restartCount").asInt() + " restarts, state "
                    + Cells.plain(container.path("state").toString()));
        }
        var images = object.findValuesAsText("image").stream()
                .distinct()
                .limit(5)
                .map(Cells::code)
                .collect(Collectors.joining(", "));
        if (!images.isEmpty()) {
            lines.add("- images: " + images);
        }
        var events = detail.path("events");
        var told = lines.isEmpty() ? fields(object.isObject() ? object : detail) : String.join("\n", lines);
        return events.isEmpty()
                ? told
                : told + "\n\n" + Tables.EVENTS.shown(events.valueStream().toList());
    }

    private static String words(JsonNode list) {
        return list.valueStream().map(each -> Cells.plain(each.asText())).collect(Collectors.joining(", "));
    }

    private static String fields(JsonNode detail) {
        return detail.propertyStream()
                .filter(field -> field.getValue().isValueNode()
                        && !field.getValue().asText().isEmpty())
                .filter(field -> !field.getKey().equals("preview"))
                .limit(MOST_FIELDS)
                .map(field -> "- " + Cells.plain(field.getKey().replace('_', ' ')) + ": "
                        + Cells.plain(field.getValue().asText()))
                .collect(Collectors.joining("\n"));
    }
}
