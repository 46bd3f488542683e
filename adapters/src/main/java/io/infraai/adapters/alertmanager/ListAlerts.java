package io.infraai.adapters.alertmanager;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

import io.infraai.adapters.tool.http.Request;
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
class ListAlerts implements Tool.Reading<ListAlerts.Parameters> {

    record Parameters(
            @Parameter(
                    value = "Only alerts whose labels match, e.g. alertname=\"PodCrashLoop\", namespace=~\"shop|cart\"",
                    maxLength = 2000,
                    optional = true)
            @Nullable
            String matchers,

            @Parameter(value = "Only alerts in this state; all of them when left out", optional = true) @Nullable
            State state) {}

    enum State {
        /** Notified of. */
        ACTIVE,
        SILENCED,
        INHIBITED
    }

    private static final int LIMIT = 100;

    private static final ToolSpec<Parameters> SPEC = new ToolSpec<>(
            "list_alerts",
            "Lists the alerts that Alertmanager has, with what silences or inhibits them",
            Parameters.class,
            Risk.READS,
            "",
            Duration.ofSeconds(10));

    private final Alertmanager alertmanager;

    ListAlerts(Alertmanager alertmanager) {
        this.alertmanager = alertmanager;
    }

    @Override
    public ToolSpec<Parameters> spec() {
        return SPEC;
    }

    @Override
    public Uni<ToolResult> read(Parameters parameters, ToolContext context) {
        var matchers =
                parameters.matchers() == null ? Optional.of(List.<Matcher>of()) : Matcher.parse(parameters.matchers());
        if (matchers.isEmpty()) {
            return Uni.createFrom().item(new Failed(FailureReason.INVALID_PARAMETERS, Matcher.SYNTAX));
        }
        return alertmanager
                .ask(request(parameters.state(), matchers.get()))
                .map(answer -> answer.told(alerts -> told(alerts, parameters.state())));
    }

    private static Request request(@Nullable State state, List<Matcher> matchers) {
        var request = Request.get("/api/v2/alerts")
                .with("active", Boolean.toString(state == null || state == State.ACTIVE))
                .with("silenced", Boolean.toString(state == null || state == State.SILENCED))
                .with("inhibited", Boolean.toString(state == null || state == State.INHIBITED));
        for (var matcher : matchers) {
            request = request.with("filter", matcher.toString());
        }
        return request;
    }

    private static ToolResult told(JsonNode alerts, @Nullable State state) {
        var detail = JsonNodeFactory.instance
                .objectNode()
                .put("total", alerts.size())
                .put("truncated", alerts.size() > LIMIT);
        alerts.valueStream().limit(LIMIT).map(ListAlerts::shown).forEach(detail.putArray("alerts")::add);
        var kind = state == null
                ? ""
                : switch (state) {
                    case ACTIVE -> "active ";
                    case SILENCED -> "silenced ";
                    case INHIBITED -> "inhibited ";
                };
        return new Done(
                alerts.size() + " " + kind + "alerts" + (alerts.size() > LIMIT ? ", the first 100 are shown" : ""),
                detail);
    }

    private static ObjectNode shown(JsonNode alert) {
        var status = alert.path("status");
        var shown = JsonNodeFactory.instance
                .objectNode()
                .put("fingerprint", alert.path("fingerprint").asText())
                .put("state", status.path("state").asText())
                .put("starts_at", alert.path("startsAt").asText());
        shown.set("labels", alert.path("labels"));
        shown.set("annotations", alert.path("annotations"));
        shown.set("silenced_by", status.path("silencedBy"));
        shown.set("inhibited_by", status.path("inhibitedBy"));
        return shown;
    }
}
