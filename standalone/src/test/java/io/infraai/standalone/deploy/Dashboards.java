package io.infraai.standalone.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Grafana's dashboards, made from one short list of panels. */
final class Dashboards {

    static final Path FOLDER = Path.of("..", "deploy", "grafana");

    /** Since Grafana 9; later ones raise it by themselves. */
    private static final int SCHEMA = 36;

    private static final int WIDTH = 12;
    private static final int HEIGHT = 8;

    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(SerializationFeature.INDENT_OUTPUT, SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

    private Dashboards() {}

    static JsonNode source() {
        try {
            return JSON.readTree(FOLDER.resolve("panels.json").toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** By the name of the file that each belongs in. */
    static Map<String, String> rendered() {
        var rendered = new TreeMap<String, String>();
        source().properties()
                .forEach(entry -> rendered.put(
                        "infraai-" + entry.getKey() + ".json", text(dashboard(entry.getKey(), entry.getValue()))));
        return rendered;
    }

    private static ObjectNode dashboard(String name, JsonNode source) {
        var dashboard = JSON.createObjectNode()
                .put("uid", "infraai-" + name)
                .put("title", source.path("title").asText())
                .put("schemaVersion", SCHEMA)
                .put("editable", false)
                .put("refresh", "30s");
        dashboard.putArray("tags").add("infraai");
        dashboard.putObject("time").put("from", "now-6h").put("to", "now");
        dashboard
                .putObject("templating")
                .putArray("list")
                .addObject()
                .put("name", "datasource")
                .put("type", "datasource")
                .put("query", "prometheus");
        var panels = dashboard.putArray("panels");
        for (var panel : source.path("panels")) {
            panels.add(panel(panel, panels.size()));
        }
        return dashboard;
    }

    private static ObjectNode panel(JsonNode source, int index) {
        var panel = JSON.createObjectNode()
                .put("id", index + 1)
                .put("type", "timeseries")
                .put("title", source.path("title").asText());
        panel.putObject("gridPos")
                .put("x", index % 2 * WIDTH)
                .put("y", index / 2 * HEIGHT)
                .put("w", WIDTH)
                .put("h", HEIGHT);
        panel.putObject("datasource").put("type", "prometheus").put("uid", "${datasource}");
        panel.putObject("fieldConfig")
                .putObject("defaults")
                .put("unit", source.path("unit").asText())
                .put("min", 0);
        var targets = panel.putArray("targets");
        source.path("queries")
                .properties()
                .forEach(query -> targets.addObject()
                        .put("refId", Character.toString('A' + targets.size() - 1))
                        .put("legendFormat", query.getKey())
                        .put("expr", query.getValue().asText()));
        return panel;
    }

    private static String text(ObjectNode dashboard) {
        try {
            return JSON.writeValueAsString(dashboard) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
