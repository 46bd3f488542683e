package io.infraai.standalone.chat;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;

/** A request for approval, as a person reads it before they decide: facts that code found out, one a line. */
final class Request {

    private static final int LONGEST = 300;

    private Request() {}

    static List<String> lines(JsonNode approval) {
        var lines = new ArrayList<String>();
        add(lines, "effect", approval.path("sentence").asText());
        add(lines, "target", approval.path("target").asText());
        add(lines, "dry run", dryRun(approval.path("dry_run")));
        var observed = approval.at("/evidence/observed");
        observed.properties().forEach(field -> {
            if (field.getKey().equals("events") && field.getValue().isArray()) {
                field.getValue().forEach(event -> add(lines, "event", event(event)));
            } else if (!field.getValue().isEmpty() || field.getValue().isValueNode()) {
                add(lines, field.getKey().replace('_', ' '), shown(field.getValue()));
            }
        });
        add(lines, "alert", shown(approval.at("/evidence/labels")));
        add(lines, "undo", undo(approval.path("undo")));
        add(lines, "until", approval.path("expires_at").asText());
        return lines;
    }

    private static void add(List<String> lines, String name, String value) {
        if (!value.isBlank()) {
            lines.add(name + ": " + (value.length() <= LONGEST ? value : value.substring(0, LONGEST) + "…"));
        }
    }

    private static String dryRun(JsonNode dryRun) {
        return switch (dryRun.path("result").asText()) {
            case "accepted" -> dryRun.path("said").asText();
            case "not_offered" -> "the platform offers none";
            default -> "";
        };
    }

    private static String event(JsonNode event) {
        return event.path("type").asText() + " " + event.path("reason").asText() + ", "
                + event.path("count").asInt(1) + "x: " + event.path("message").asText();
    }

    private static String undo(JsonNode undo) {
        return undo.isObject() ? undo.path("tool").asText() + " " + undo.path("arguments") : "";
    }

    private static String shown(JsonNode value) {
        return value.isMissingNode() || value.isNull() ? "" : value.isValueNode() ? value.asText() : value.toString();
    }
}
