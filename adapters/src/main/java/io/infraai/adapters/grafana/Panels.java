package io.infraai.adapters.grafana;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

/** The panels of a dashboard, whichever schema it is in; rows are no panels but may hold some. */
final class Panels {

    private static final int MOST = 200;
    private static final int DEEPEST = 3;

    private Panels() {}

    /**
     * @param queries in their order; empty where a panel has none that is a text
     */
    record Panel(String id, String title, String type, List<Query> queries) {}

    /**
     * @param name {@code A}, {@code B}, …
     */
    record Query(String name, String expression, String datasource) {}

    static List<Panel> of(JsonNode dashboard) {
        var panels = new ArrayList<Panel>();
        collect(dashboard.path("panels"), panels, 0);
        // before schema 16
        dashboard.path("rows").forEach(row -> collect(row.path("panels"), panels, 0));
        // from schema version 2 of Grafana 12
        dashboard.path("elements").forEach(element -> element(element).ifPresent(panels::add));
        return panels.stream().limit(MOST).toList();
    }

    private static void collect(JsonNode nodes, List<Panel> panels, int depth) {
        for (var node : nodes) {
            if (!"row".equals(node.path("type").asText())) {
                panels.add(new Panel(
                        node.path("id").asText(),
                        node.path("title").asText(),
                        node.path("type").asText(),
                        queries(node.path("targets"))));
            } else if (depth < DEEPEST) {
                collect(node.path("panels"), panels, depth + 1);
            }
        }
    }

    private static List<Query> queries(JsonNode targets) {
        return targets.valueStream()
                .filter(target -> !target.path("hide").asBoolean())
                .map(target -> new Query(
                        target.path("refId").asText(),
                        target.path("expr").asText(""),
                        datasource(target.path("datasource"))))
                .filter(query -> !query.expression().isEmpty())
                .toList();
    }

    private static Optional<Panel> element(JsonNode element) {
        if (!"Panel".equals(element.path("kind").asText())) {
            return Optional.empty();
        }
        var spec = element.path("spec");
        var queries = spec.path("data")
                .path("spec")
                .path("queries")
                .valueStream()
                .map(query -> query.path("spec"))
                .map(query -> new Query(
                        query.path("refId").asText(),
                        query.path("query").path("spec").path("expr").asText(""),
                        query.path("query").path("group").asText("")))
                .filter(query -> !query.expression().isEmpty())
                .toList();
        return Optional.of(new Panel(
                spec.path("id").asText(),
                spec.path("title").asText(),
                spec.path("vizConfig")
                        .path("group")
                        .asText(spec.path("vizConfig").path("kind").asText()),
                queries));
    }

    /** An object, a name, or nothing for the default. */
    private static String datasource(JsonNode datasource) {
        return datasource.isObject()
                ? datasource.path("uid").asText(datasource.path("type").asText(""))
                : datasource.asText("");
    }
}
