package io.infraai.adapters.prometheus;

import java.time.Duration;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.smallrye.mutiny.Uni;

import io.infraai.adapters.tool.http.Request;
import io.infraai.contracts.tool.Parameter;
import io.infraai.contracts.tool.Risk;
import io.infraai.contracts.tool.Tool;
import io.infraai.contracts.tool.ToolContext;
import io.infraai.contracts.tool.ToolResult;
import io.infraai.contracts.tool.ToolResult.Done;
import io.infraai.contracts.tool.ToolSpec;

@ApplicationScoped
class MetricMetadata implements Tool.Reading<MetricMetadata.Parameters> {

    record Parameters(
            @Parameter(
                    value = "The metric's name; of a histogram or summary without _bucket, _sum and _count",
                    maxLength = 200)
            String metric) {}

    private static final ToolSpec<Parameters> SPEC = new ToolSpec<>(
            "metric_metadata",
            "Tells the type, the unit and the help text of a metric",
            Parameters.class,
            Risk.READS,
            "",
            Duration.ofSeconds(10));

    private final Prometheus prometheus;

    MetricMetadata(Prometheus prometheus) {
        this.prometheus = prometheus;
    }

    @Override
    public ToolSpec<Parameters> spec() {
        return SPEC;
    }

    @Override
    public Uni<ToolResult> read(Parameters parameters, ToolContext context) {
        return prometheus.ask(
                Request.get("/api/v1/metadata").with("metric", parameters.metric()),
                data -> told(parameters.metric(), data.path(parameters.metric())));
    }

    /** Exporters may describe one metric differently. */
    private static ToolResult told(String metric, JsonNode descriptions) {
        var detail = JsonNodeFactory.instance.objectNode().put("metric", metric);
        var shown = detail.putArray("metadata");
        descriptions.valueStream().limit(10).forEach(shown::add);
        var summary = shown.isEmpty()
                ? "Prometheus has no metadata of " + metric
                : metric + " is a " + shown.path(0).path("type").asText("metric of unknown type");
        return new Done(summary, detail);
    }
}
