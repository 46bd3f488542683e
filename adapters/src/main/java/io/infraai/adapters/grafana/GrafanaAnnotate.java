package io.infraai.adapters.grafana;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

import io.infraai.adapters.tool.http.Answer.Given;
import io.infraai.adapters.tool.http.Answer.Missing;
import io.infraai.adapters.tool.http.Request;
import io.infraai.contracts.tool.FailureReason;
import io.infraai.contracts.tool.Parameter;
import io.infraai.contracts.tool.Risk;
import io.infraai.contracts.tool.Settlement;
import io.infraai.contracts.tool.Tool;
import io.infraai.contracts.tool.ToolContext;
import io.infraai.contracts.tool.ToolResult;
import io.infraai.contracts.tool.ToolResult.Done;
import io.infraai.contracts.tool.ToolResult.Failed;
import io.infraai.contracts.tool.ToolSpec;

/** One-shot, since Grafana makes another annotation of every request; a tag with its task's id tells whether it was made. */
@ApplicationScoped
class GrafanaAnnotate implements Tool.OneShot<GrafanaAnnotate.Parameters, GrafanaAnnotate.Annotation> {

    record Parameters(
            @Parameter(value = "What to note", maxLength = 1000)
            String text,

            @Parameter(
                    value = "The uid or the title of the dashboard to note it on; the whole organisation when left out",
                    pattern = Dashboards.ID,
                    maxLength = 200,
                    optional = true)
            @Nullable
            String dashboardId) {}

    /**
     * @param dashboardUid empty for the organisation
     * @param at when it was decided, however late it is sent
     * @param marker a tag, names the task
     */
    record Annotation(String dashboardUid, Instant at, String marker) {}

    private static final ToolSpec<Parameters> SPEC = new ToolSpec<>(
            "grafana_annotate",
            "Notes something at this moment on a Grafana dashboard or for all of them",
            Parameters.class,
            Risk.CHANGES,
            "grafana:default/annotations",
            Duration.ofSeconds(30));

    private final Grafana grafana;
    private final Dashboards dashboards;
    private final Clock clock;

    GrafanaAnnotate(Grafana grafana, Dashboards dashboards, Clock clock) {
        this.grafana = grafana;
        this.dashboards = dashboards;
        this.clock = clock;
    }

    @Override
    public ToolSpec<Parameters> spec() {
        return SPEC;
    }

    @Override
    public Class<Annotation> identity() {
        return Annotation.class;
    }

    @Override
    public Uni<Identified<Annotation>> identify(Parameters parameters, ToolContext context) {
        var at = clock.instant();
        var marker = "infraai-task:" + context.correlationId();
        if (parameters.dashboardId() == null) {
            return Uni.createFrom().item(new Identified.Found<>(new Annotation("", at, marker)));
        }
        return dashboards.find(parameters.dashboardId()).map(answer -> switch (answer) {
            case Given(var body) ->
                new Identified.Found<>(
                        new Annotation(body.path("dashboard").path("uid").asText(), at, marker));
            case Missing(var failure, var _) -> new Identified.NotFound<>(failure);
        });
    }

    @Override
    public String describe(Parameters parameters, Annotation target) {
        return "Note on " + where(target) + ": " + parameters.text();
    }

    @Override
    public Uni<ToolResult> fire(Parameters parameters, Annotation target, ToolContext context) {
        var annotation = JsonNodeFactory.instance
                .objectNode()
                .put("text", parameters.text())
                .put("time", target.at().toEpochMilli());
        annotation.putArray("tags").add("infraai").add(target.marker());
        if (!target.dashboardUid().isEmpty()) {
            annotation.put("dashboardUID", target.dashboardUid());
        }
        return grafana.ask(Request.post("/api/annotations", annotation))
                .map(answer -> answer.told(body -> told(target, body)));
    }

    @Override
    public Uni<Settlement> settle(Parameters parameters, Annotation target, ToolContext context) {
        var request = Request.get("/api/annotations")
                .with("tags", target.marker())
                .with("type", "annotation")
                .with("limit", "1");
        return grafana.ask(request).map(answer -> switch (answer) {
            case Given(var found) -> settled(found, target);
            case Missing(var failure, var _) -> new Settlement.StillUnknown(failure.message());
        });
    }

    private static Settlement settled(JsonNode found, Annotation target) {
        return found.valueStream()
                .<Settlement>map(annotation -> new Settlement.Happened(
                        "annotation " + annotation.path("id").asText() + " carries " + target.marker()))
                .findFirst()
                .orElseGet(() -> new Settlement.NeverHappened("no annotation carries " + target.marker()));
    }

    private static ToolResult told(Annotation target, JsonNode body) {
        var id = body.path("id");
        return id.isMissingNode()
                ? new Failed(FailureReason.TIMED_OUT, "Grafana said yes and named no annotation")
                : new Done(
                        "Noted on " + where(target),
                        JsonNodeFactory.instance.objectNode().put("annotation_id", id.asLong()));
    }

    private static String where(Annotation target) {
        return target.dashboardUid().isEmpty() ? "all dashboards" : "dashboard " + target.dashboardUid();
    }
}
