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
class ActiveAlerts implements Tool.Reading<ActiveAlerts.Parameters> {

    record Parameters(
            @Parameter(value = "Only alerts of this name", maxLength = 200, optional = true) @Nullable
            String alertname) {}

    private static final int LIMIT = 100;

    private static final ToolSpec<Parameters> SPEC = new ToolSpec<>(
            "active_alerts",
            "Lists the alerts that Prometheus' own rules have pending or firing, whether silenced or not",
            Parameters.class,
            Risk.READS,
            "",
            Duration.ofSeconds(10));

    private final Prometheus prometheus;

    ActiveAlerts(Prometheus prometheus) {
        this.prometheus = prometheus;
    }

    @Override
    public ToolSpec<Parameters> spec() {
        return SPEC;
    }

    @Override
    public Uni<ToolResult> read(Parameters parameters, ToolContext context) {
        return prometheus.ask(Request.get("/api/v1/alerts"), data -> told(data, parameters.alertname()));
    }

    private static ToolResult told(JsonNode data, @Nullable String name) {
        var alerts = data.path("alerts")
                .valueStream()
                .filter(alert -> name == null
                        || name.equals(alert.path("labels").path("alertname").asText()))
                .sorted(Comparator.comparing(alert -> !isFiring(alert)))
                .toList();
        var firing = alerts.stream().filter(ActiveAlerts::isFiring).count();
        var detail = JsonNodeFactory.instance
                .objectNode()
                .put("total", alerts.size())
                .put("truncated", alerts.size() > LIMIT);
        alerts.stream().limit(LIMIT).map(ActiveAlerts::shown).forEach(detail.putArray("alerts")::add);
        return new Done(firing + " alerts fire, " + (alerts.size() - firing) + " are pending", detail);
    }

    private static ObjectNode shown(JsonNode alert) {
        var shown = JsonNodeFactory.instance
                .objectNode()
                .put("state", alert.path("state").asText())
                .put("active_at", alert.path("activeAt").asText())
                .put("value", alert.path("value").asText());
        shown.set("labels", alert.path("labels"));
        shown.set("annotations", alert.path("annotations"));
        return shown;
    }

    private static boolean isFiring(JsonNode alert) {
        return "firing".equals(alert.path("state").asText());
    }
}
