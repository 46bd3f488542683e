package io.infraai.adapters.prometheus;

import java.time.Duration;
import java.util.Comparator;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
class ListTargets implements Tool.Reading<ListTargets.Parameters> {

    record Parameters(
            @Parameter(value = "Only targets of this job", maxLength = 200, optional = true) @Nullable
            String job) {}

    private static final int LIMIT = 100;
    private static final int LONGEST_ERROR = 300;

    private static final ToolSpec<Parameters> SPEC = new ToolSpec<>(
            "list_targets",
            "Lists what Prometheus scrapes, those that fail first, with their last error",
            Parameters.class,
            Risk.READS,
            "",
            Duration.ofSeconds(10));

    private final Prometheus prometheus;

    ListTargets(Prometheus prometheus) {
        this.prometheus = prometheus;
    }

    @Override
    public ToolSpec<Parameters> spec() {
        return SPEC;
    }

    @Override
    public Uni<ToolResult> read(Parameters parameters, ToolContext context) {
        return prometheus.ask(
                Request.get("/api/v1/targets").with("state", "active"), data -> told(data, parameters.job()));
    }

    private static ToolResult told(JsonNode data, @Nullable String job) {
        var targets = data.path("activeTargets")
                .valueStream()
                .filter(target -> job == null
                        || job.equals(target.path("labels").path("job").asText()))
                .sorted(Comparator.comparing(ListTargets::isUp))
                .toList();
        var failing = targets.stream().filter(target -> !isUp(target)).count();
        var detail = JsonNodeFactory.instance
                .objectNode()
                .put("total", targets.size())
                .put("truncated", targets.size() > LIMIT);
        targets.stream().limit(LIMIT).map(ListTargets::shown).forEach(detail.putArray("targets")::add);
        return new Done(targets.size() + " targets, " + failing + " of them not up", detail);
    }

    /** Without the address, whose query may hold what is nobody's business. */
    private static ObjectNode shown(JsonNode target) {
        var shown = JsonNodeFactory.instance
                .objectNode()
                .put("job", target.path("labels").path("job").asText())
                .put("instance", target.path("labels").path("instance").asText())
                .put("health", target.path("health").asText())
                .put("last_scrape", target.path("lastScrape").asText());
        var error = target.path("lastError").asText();
        if (!error.isEmpty()) {
            shown.put("last_error", error.substring(0, Math.min(LONGEST_ERROR, error.length())));
        }
        return shown;
    }

    private static boolean isUp(JsonNode target) {
        return "up".equals(target.path("health").asText());
    }
}
