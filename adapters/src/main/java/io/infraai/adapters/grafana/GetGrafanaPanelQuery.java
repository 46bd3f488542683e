package io.infraai.adapters.grafana;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

import io.infraai.contracts.tool.FailureReason;
import io.infraai.contracts.tool.Parameter;
import io.infraai.contracts.tool.Risk;
import io.infraai.contracts.tool.Tool;
import io.infraai.contracts.tool.ToolContext;
import io.infraai.contracts.tool.ToolResult;
import io.infraai.contracts.tool.ToolResult.Done;
import io.infraai.contracts.tool.ToolResult.Failed;
import io.infraai.contracts.tool.ToolSpec;

/** Asks nobody for data: what the panel shows, Prometheus itself can be asked for with what this tells. */
@ApplicationScoped
class GetGrafanaPanelQuery implements Tool.Reading<GetGrafanaPanelQuery.Parameters> {

    record Parameters(
            @Parameter(value = "The dashboard's uid or its title", pattern = Dashboards.ID, maxLength = 200)
            String dashboardId,

            @Parameter(value = "The panel's id or its title", maxLength = 200)
            String panel,

            @Parameter(
                    value = "Other values of variables than the dashboard's own, e.g. namespace=shop,instance=a:9100",
                    pattern = "^\\w+=[^,]*(,\\w+=[^,]*)*$",
                    maxLength = 1000,
                    optional = true)
            @Nullable
            String variables) {}

    private static final ToolSpec<Parameters> SPEC = new ToolSpec<>(
            "get_grafana_panel_query",
            "Puts the queries of a Grafana panel together with the values of its variables, ready for query_prometheus or"
                    + " query_range",
            Parameters.class,
            Risk.READS,
            "",
            Duration.ofSeconds(30));

    private final Dashboards dashboards;

    GetGrafanaPanelQuery(Dashboards dashboards) {
        this.dashboards = dashboards;
    }

    @Override
    public ToolSpec<Parameters> spec() {
        return SPEC;
    }

    @Override
    public Uni<ToolResult> read(Parameters parameters, ToolContext context) {
        return dashboards
                .find(parameters.dashboardId())
                .map(answer -> answer.told(body -> told(body.path("dashboard"), parameters)));
    }

    private static ToolResult told(JsonNode dashboard, Parameters parameters) {
        var named = Panels.of(dashboard).stream()
                .filter(panel ->
                        panel.id().equals(parameters.panel()) || panel.title().equalsIgnoreCase(parameters.panel()))
                .toList();
        return switch (named.size()) {
            case 0 ->
                new Failed(
                        FailureReason.TARGET_NOT_FOUND,
                        "The dashboard has no panel " + parameters.panel() + "; get_grafana_dashboard lists them");
            case 1 -> told(named.getFirst(), Variables.of(dashboard).with(given(parameters.variables())));
            default ->
                new Failed(
                        FailureReason.INVALID_PARAMETERS,
                        "Several panels are called " + parameters.panel() + ", say which id: " + ids(named));
        };
    }

    private static ToolResult told(Panels.Panel panel, Variables variables) {
        var detail = JsonNodeFactory.instance.objectNode().put("panel", panel.title());
        var queries = detail.putArray("queries");
        var unknown = new TreeSet<String>();
        for (var query : panel.queries()) {
            var put = variables.into(query.expression());
            unknown.addAll(put.unknown());
            queries.addObject()
                    .put("name", query.name())
                    .put("query", put.text())
                    .put("datasource", query.datasource());
        }
        unknown.forEach(detail.putArray("unknown_variables")::add);
        var open = unknown.isEmpty() ? "" : "; no value is known for " + String.join(", ", unknown);
        return new Done("Panel " + panel.title() + " has " + queries.size() + " queries" + open, detail);
    }

    private static Map<String, String> given(@Nullable String variables) {
        var given = new HashMap<String, String>();
        for (var assignment : Optional.ofNullable(variables).orElse("").split(",")) {
            var parts = assignment.split("=", 2);
            if (parts.length == 2) {
                given.put(parts[0], parts[1]);
            }
        }
        return given;
    }

    private static String ids(List<Panels.Panel> panels) {
        return String.join(", ", panels.stream().map(Panels.Panel::id).toList());
    }
}
