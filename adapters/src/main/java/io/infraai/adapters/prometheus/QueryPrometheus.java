package io.infraai.adapters.prometheus;

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
class QueryPrometheus implements Tool.Reading<QueryPrometheus.Parameters> {

    record Parameters(
            @Parameter(value = "PromQL", maxLength = 8192) String query,

            @Parameter(
                    value = "Evaluate at this moment (RFC 3339, or seconds since 1970); now when left out",
                    pattern = TIME,
                    maxLength = 40,
                    optional = true)
            @Nullable
            String time) {}

    static final String TIME = "^([0-9]{1,11}(\\.[0-9]{1,3})?"
            + "|[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2}))$";

    /** More would drown a reader; the answer says that it was cut. */
    private static final int MOST_SERIES = 50;

    private static final ToolSpec<Parameters> SPEC = new ToolSpec<>(
            "query_prometheus",
            "Evaluates a PromQL query at one moment and lists the values it yields",
            Parameters.class,
            Risk.READS,
            "",
            Duration.ofSeconds(10));

    private final Prometheus prometheus;

    QueryPrometheus(Prometheus prometheus) {
        this.prometheus = prometheus;
    }

    @Override
    public ToolSpec<Parameters> spec() {
        return SPEC;
    }

    @Override
    public Uni<ToolResult> read(Parameters parameters, ToolContext context) {
        var request = Request.form("/api/v1/query");
        var time = parameters.time();
        return prometheus.query(
                time == null ? request : request.with("time", time), parameters.query(), QueryPrometheus::told);
    }

    private static ToolResult told(JsonNode data) {
        var type = data.path("resultType").asText();
        var detail = JsonNodeFactory.instance.objectNode().put("result_type", type);
        var result = data.path("result");
        return switch (type) {
            case "vector", "matrix" -> {
                var shown = detail.putArray("series");
                for (int i = 0; i < Math.min(MOST_SERIES, result.size()); i++) {
                    var series = result.get(i);
                    var node = shown.addObject();
                    node.set("labels", series.path("metric"));
                    node.put("value", latest(series).path(1).asText("a histogram"));
                    node.put("at", latest(series).path(0).asDouble());
                }
                detail.put("total", result.size()).put("truncated", result.size() > MOST_SERIES);
                yield new Done(summary(result), detail);
            }
            default -> {
                var value = result.path(1).asText();
                yield new Done("The query yields " + value, detail.put("value", value));
            }
        };
    }

    /** Of a range vector, which is rarely meant, the newest value. */
    private static JsonNode latest(JsonNode series) {
        var values = series.path("values");
        return values.isEmpty() ? series.path("value") : values.path(values.size() - 1);
    }

    private static String summary(JsonNode result) {
        return switch (result.size()) {
            case 0 -> "The query yields nothing";
            case 1 ->
                "The query yields one series: " + latest(result.path(0)).path(1).asText("a histogram");
            default ->
                "The query yields " + result.size() + " series"
                        + (result.size() > MOST_SERIES ? ", the first " + MOST_SERIES + " are shown" : "");
        };
    }
}
