package io.infraai.adapters.grafana;

import java.time.Duration;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

import io.infraai.adapters.tool.http.Request;
import io.infraai.contracts.tool.Parameter;
import io.infraai.contracts.tool.Risk;
import io.infraai.contracts.tool.Tool;
import io.infraai.contracts.tool.ToolContext;
import io.infraai.contracts.tool.ToolResult;
import io.infraai.contracts.tool.ToolResult.Done;
import io.infraai.contracts.tool.ToolSpec;

@ApplicationScoped
class SearchGrafanaDashboards implements Tool.Reading<SearchGrafanaDashboards.Parameters> {

    record Parameters(
            @Parameter(value = "Only dashboards whose title contains this", maxLength = 200, optional = true) @Nullable
            String query,

            @Parameter(value = "Only dashboards with this tag", maxLength = 100, optional = true) @Nullable
            String tag) {}

    private static final int LIMIT = 100;

    private static final ToolSpec<Parameters> SPEC = new ToolSpec<>(
            "search_grafana_dashboards",
            "Lists Grafana dashboards by title or tag, with their uid and folder",
            Parameters.class,
            Risk.READS,
            "",
            Duration.ofSeconds(10));

    private final Grafana grafana;

    SearchGrafanaDashboards(Grafana grafana) {
        this.grafana = grafana;
    }

    @Override
    public ToolSpec<Parameters> spec() {
        return SPEC;
    }

    @Override
    public Uni<ToolResult> read(Parameters parameters, ToolContext context) {
        var request = Request.get("/api/search").with("type", "dash-db").with("limit", Integer.toString(LIMIT));
        if (parameters.query() != null) {
            request = request.with("query", parameters.query());
        }
        if (parameters.tag() != null) {
            request = request.with("tag", parameters.tag());
        }
        return grafana.ask(request).map(answer -> answer.told(SearchGrafanaDashboards::told));
    }

    /** Grafana cuts by itself, so a full page may not be all. */
    private static ToolResult told(JsonNode found) {
        var cut = found.size() >= LIMIT;
        var detail = JsonNodeFactory.instance.objectNode().put("truncated", cut);
        var shown = detail.putArray("dashboards");
        found.valueStream()
                .limit(LIMIT)
                .forEach(hit -> shown.addObject()
                        .put("uid", hit.path("uid").asText())
                        .put("title", hit.path("title").asText())
                        .put("folder", hit.path("folderTitle").asText(""))
                        .put("url", hit.path("url").asText())
                        .set("tags", hit.path("tags")));
        return new Done(shown.size() + " dashboards" + (cut ? ", maybe more" : ""), detail);
    }
}
