package io.infraai.adapters.grafana;

import java.time.Duration;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;

import io.infraai.contracts.tool.Parameter;
import io.infraai.contracts.tool.Risk;
import io.infraai.contracts.tool.Tool;
import io.infraai.contracts.tool.ToolContext;
import io.infraai.contracts.tool.ToolResult;
import io.infraai.contracts.tool.ToolResult.Done;
import io.infraai.contracts.tool.ToolSpec;

@ApplicationScoped
class GetGrafanaDashboard implements Tool.Reading<GetGrafanaDashboard.Parameters> {

    record Parameters(
            @Parameter(value = "The dashboard's uid or its title", pattern = Dashboards.ID, maxLength = 200)
            String dashboardId) {}

    private static final int MOST_PANELS = 60;
    private static final int LONGEST = 1_000;

    private static final ToolSpec<Parameters> SPEC = new ToolSpec<>(
            "get_grafana_dashboard",
            "Tells a Grafana dashboard's title, folder, variables and panels with their queries; get_grafana_panel_query"
                    + " puts a panel's queries together for query_prometheus",
            Parameters.class,
            Risk.READS,
            "",
            Duration.ofSeconds(30));

    private final Dashboards dashboards;

    GetGrafanaDashboard(Dashboards dashboards) {
        this.dashboards = dashboards;
    }

    @Override
    public ToolSpec<Parameters> spec() {
        return SPEC;
    }

    @Override
    public Uni<ToolResult> read(Parameters parameters, ToolContext context) {
        return dashboards.find(parameters.dashboardId()).map(answer -> answer.told(GetGrafanaDashboard::told));
    }

    private static ToolResult told(JsonNode body) {
        var dashboard = body.path("dashboard");
        var panels = Panels.of(dashboard);
        var detail = JsonNodeFactory.instance
                .objectNode()
                .put("title", dashboard.path("title").asText())
                .put("uid", dashboard.path("uid").asText())
                .put("folder", body.path("meta").path("folderTitle").asText(""))
                .put("url", body.path("meta").path("url").asText(""))
                .put("updated", body.path("meta").path("updated").asText(""))
                .put("panels_total", panels.size())
                .put("truncated", panels.size() > MOST_PANELS);
        detail.set("tags", dashboard.path("tags"));
        var variables = detail.putObject("variables");
        Variables.of(dashboard).chosen().forEach((name, values) -> {
            var chosen = variables.putArray(name);
            values.stream().limit(20).map(GetGrafanaDashboard::shortened).forEach(chosen::add);
        });
        var shown = detail.putArray("panels");
        panels.stream().limit(MOST_PANELS).map(GetGrafanaDashboard::shown).forEach(shown::add);
        return new Done("Dashboard " + dashboard.path("title").asText() + " has " + panels.size() + " panels", detail);
    }

    private static ObjectNode shown(Panels.Panel panel) {
        var shown = JsonNodeFactory.instance
                .objectNode()
                .put("id", panel.id())
                .put("title", panel.title())
                .put("type", panel.type());
        var queries = shown.putArray("queries");
        panel.queries().stream()
                .limit(10)
                .forEach(query -> queries.addObject()
                        .put("name", query.name())
                        .put("expression", shortened(query.expression()))
                        .put("datasource", query.datasource()));
        return shown;
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }
}
