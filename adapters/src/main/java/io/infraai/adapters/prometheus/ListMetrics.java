package io.infraai.adapters.prometheus;

import java.time.Duration;
import java.util.Locale;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
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
class ListMetrics implements Tool.Reading<ListMetrics.Parameters> {

    record Parameters(
            @Parameter(value = "Only names that contain this text", maxLength = 200, optional = true) @Nullable
            String contains,

            @Parameter(
                    value = "Only names that match this regular expression as a whole, e.g. node_.*_bytes",
                    maxLength = 500,
                    optional = true)
            @Nullable
            String matches) {}

    private static final int LIMIT = 200;

    private static final ToolSpec<Parameters> SPEC = new ToolSpec<>(
            "list_metrics",
            "Lists the names of the metrics that Prometheus has",
            Parameters.class,
            Risk.READS,
            "",
            Duration.ofSeconds(10));

    private final Prometheus prometheus;

    ListMetrics(Prometheus prometheus) {
        this.prometheus = prometheus;
    }

    @Override
    public ToolSpec<Parameters> spec() {
        return SPEC;
    }

    @Override
    public Uni<ToolResult> read(Parameters parameters, ToolContext context) {
        var request = Request.get("/api/v1/label/__name__/values");
        var matches = parameters.matches();
        var contains = parameters.contains() == null ? "" : parameters.contains();
        return prometheus.ask(
                matches == null ? request : request.with("match[]", selector(matches)), data -> told(data, contains));
    }

    /** Matched by Prometheus, whose expressions take linear time whatever they are. */
    private static String selector(String matches) {
        return "{__name__=~\""
                + matches.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"}";
    }

    private static ToolResult told(JsonNode data, String contains) {
        var wanted = contains.toLowerCase(Locale.ROOT);
        var names = data.valueStream()
                .map(JsonNode::asText)
                .filter(name -> name.toLowerCase(Locale.ROOT).contains(wanted))
                .sorted()
                .toList();
        var cut = names.size() > LIMIT;
        var detail =
                JsonNodeFactory.instance.objectNode().put("total", names.size()).put("truncated", cut);
        names.stream().limit(LIMIT).map(TextNode::valueOf).forEach(detail.putArray("metrics")::add);
        return new Done(names.size() + " metrics" + (cut ? ", the first " + LIMIT + " are shown" : ""), detail);
    }
}
