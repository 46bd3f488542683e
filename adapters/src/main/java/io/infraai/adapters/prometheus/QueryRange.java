package io.infraai.adapters.prometheus;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

import io.infraai.adapters.tool.http.Request;
import io.infraai.adapters.tool.series.Sample;
import io.infraai.adapters.tool.series.SeriesSummary;
import io.infraai.contracts.tool.FailureReason;
import io.infraai.contracts.tool.Parameter;
import io.infraai.contracts.tool.Risk;
import io.infraai.contracts.tool.Tool;
import io.infraai.contracts.tool.ToolContext;
import io.infraai.contracts.tool.ToolResult;
import io.infraai.contracts.tool.ToolResult.Done;
import io.infraai.contracts.tool.ToolResult.Failed;
import io.infraai.contracts.tool.ToolSpec;

@ApplicationScoped
class QueryRange implements Tool.Reading<QueryRange.Parameters> {

    record Parameters(
            @Parameter(value = "PromQL", maxLength = 8192) String query,

            @Parameter(
                    value = "How many minutes up to the end; 60 when left out",
                    min = 1,
                    max = 43_200,
                    optional = true,
                    defaultValue = "60")
            @Nullable
            Integer minutes,

            @Parameter(
                    value = "Where it ends (RFC 3339, or seconds since 1970); now when left out",
                    pattern = QueryPrometheus.TIME,
                    maxLength = 40,
                    optional = true)
            @Nullable
            String end) {}

    private static final int DEFAULT_MINUTES = 60;
    private static final int MOST_MINUTES = 43_200;
    private static final int MOST_POINTS = 300;
    private static final int MOST_SERIES = 50;

    private static final ToolSpec<Parameters> SPEC = new ToolSpec<>(
            "query_range",
            "Evaluates a PromQL query over time and tells of each series its lowest, highest, latest and average value, its"
                    + " trend and a sparkline",
            Parameters.class,
            Risk.READS,
            "",
            Duration.ofSeconds(10));

    private final Prometheus prometheus;
    private final Clock clock;

    QueryRange(Prometheus prometheus, Clock clock) {
        this.prometheus = prometheus;
        this.clock = clock;
    }

    @Override
    public ToolSpec<Parameters> spec() {
        return SPEC;
    }

    @Override
    public Uni<ToolResult> read(Parameters parameters, ToolContext context) {
        var minutes = parameters.minutes() == null ? DEFAULT_MINUTES : parameters.minutes();
        var end = parameters.end() == null ? Optional.of(now()) : seconds(parameters.end());
        if (end.isEmpty() || minutes < 1 || minutes > MOST_MINUTES) {
            return Uni.createFrom()
                    .item(new Failed(
                            FailureReason.INVALID_PARAMETERS,
                            "A range has 1 to " + MOST_MINUTES + " minutes and an end that is a time"));
        }
        var window = window(minutes * 60L, end.get());
        var request = Request.form("/api/v1/query_range")
                .with("start", Double.toString(window.start()))
                .with("end", Double.toString(window.end()))
                .with("step", Long.toString(window.step()));
        return prometheus.query(request, parameters.query(), data -> answer(data, window));
    }

    private record Window(double start, double end, long step) {}

    /**
     * With the shortest step of whole seconds that keeps within {@link #MOST_POINTS}. Prometheus counts steps from the start,
     * and the latest value matters most: so the start gives way for the last step to fall on the end.
     */
    private static Window window(long length, double end) {
        var step = Math.max(1, Math.ceilDiv(length, MOST_POINTS - 1));
        return new Window(end - length / step * step, end, step);
    }

    private double now() {
        return clock.millis() / 1_000.0;
    }

    private static Optional<Double> seconds(String time) {
        try {
            return Optional.of(
                    time.contains("T")
                            ? OffsetDateTime.parse(time).toInstant().toEpochMilli() / 1_000.0
                            : Double.parseDouble(time));
        } catch (DateTimeException | NumberFormatException _) {
            return Optional.empty();
        }
    }

    private static ToolResult answer(JsonNode data, Window window) {
        var result = data.path("result");
        var detail = JsonNodeFactory.instance
                .objectNode()
                .put("step_seconds", window.step())
                .put("total", result.size())
                .put("truncated", result.size() > MOST_SERIES);
        var shown = detail.putArray("series");
        for (int i = 0; i < Math.min(MOST_SERIES, result.size()); i++) {
            shown.add(told(result.get(i), window));
        }
        return new Done(summary(result.size(), shown.path(0)), detail);
    }

    private static ObjectNode told(JsonNode series, Window window) {
        var samples = series.path("values").valueStream().map(Sample::of).toList();
        return SeriesSummary.of(
                JsonNodeFactory.instance.objectNode().set("labels", series.path("metric")),
                samples,
                window.start(),
                window.end());
    }

    private static String summary(int series, JsonNode first) {
        return switch (series) {
            case 0 -> "The query yields nothing in that time";
            case 1 ->
                "One series, " + first.path("trend").asText("without a number") + ", last "
                        + first.path("last").asText();
            default -> series + " series" + (series > MOST_SERIES ? ", the first " + MOST_SERIES + " are shown" : "");
        };
    }
}
