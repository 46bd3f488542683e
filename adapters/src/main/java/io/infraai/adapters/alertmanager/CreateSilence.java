package io.infraai.adapters.alertmanager;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.smallrye.mutiny.Uni;

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
import io.infraai.contracts.tool.ToolSpec;

/** One-shot, since Alertmanager makes another silence of every request; each carries its task's id, by which it is found. */
@ApplicationScoped
class CreateSilence implements Tool.OneShot<CreateSilence.Parameters, CreateSilence.Silence> {

    record Parameters(
            @Parameter(
                    value =
                            "Which alerts, e.g. alertname=\"PodCrashLoop\", namespace=\"shop\"; at least one label must equal"
                                    + " a value",
                    maxLength = 2000)
            String matchers,

            @Parameter(value = "For how many minutes, a day at most", min = 1, max = 1440)
            int minutes,

            @Parameter(value = "Why", maxLength = 500) String reason) {}

    /**
     * @param endsAt decided once, so that a late request silences no longer
     * @param marker in the comment, names the task
     * @param alerts that it would silence when it was looked
     */
    record Silence(List<Matcher> matchers, Instant endsAt, String marker, int alerts) {

        Silence {
            matchers = List.copyOf(matchers);
        }
    }

    private static final int MOST_MINUTES = 1440;

    private static final ToolSpec<Parameters> SPEC = new ToolSpec<>(
            "create_silence",
            "Silences the notifications of matching alerts for a while",
            Parameters.class,
            Risk.CHANGES,
            "alertmanager:default/silences/{matchers}",
            Duration.ofSeconds(10));

    private final Alertmanager alertmanager;
    private final Clock clock;

    CreateSilence(Alertmanager alertmanager, Clock clock) {
        this.alertmanager = alertmanager;
        this.clock = clock;
    }

    @Override
    public ToolSpec<Parameters> spec() {
        return SPEC;
    }

    @Override
    public Class<Silence> identity() {
        return Silence.class;
    }

    @Override
    public Uni<Identified<Silence>> identify(Parameters parameters, ToolContext context) {
        var matchers = Matcher.parse(parameters.matchers());
        if (matchers.isEmpty()) {
            return refused(Matcher.SYNTAX);
        }
        if (matchers.get().stream().noneMatch(Matcher::narrows)) {
            return refused("At least one matcher must want a label to equal a value, or everything might be silenced");
        }
        if (parameters.minutes() < 1 || parameters.minutes() > MOST_MINUTES) {
            return refused("A silence lasts from 1 to " + MOST_MINUTES + " minutes");
        }
        var endsAt = clock.instant().plus(Duration.ofMinutes(parameters.minutes()));
        var request = Request.get("/api/v2/alerts");
        for (var matcher : matchers.get()) {
            request = request.with("filter", matcher.toString());
        }
        return alertmanager.ask(request).map(answer -> switch (answer) {
            case Given(var alerts) ->
                new Identified.Found<>(new Silence(matchers.get(), endsAt, marker(context), alerts.size()));
            case Missing(var failure, var _) -> new Identified.NotFound<>(failure);
        });
    }

    @Override
    public String describe(Parameters parameters, Silence target) {
        return "Silence " + written(target) + " until " + target.endsAt() + ", " + target.alerts()
                + " alerts at the moment: " + parameters.reason();
    }

    @Override
    public Uni<ToolResult> fire(Parameters parameters, Silence target, ToolContext context) {
        var now = clock.instant();
        if (!target.endsAt().isAfter(now)) {
            return Uni.createFrom()
                    .item(new ToolResult.Failed(
                            FailureReason.INVALID_PARAMETERS, "The silence would have ended at " + target.endsAt()));
        }
        var silence = JsonNodeFactory.instance
                .objectNode()
                .put("startsAt", now.toString())
                .put("endsAt", target.endsAt().toString())
                .put("createdBy", context.actor())
                .put("comment", parameters.reason() + " [" + target.marker() + "]");
        target.matchers().stream().map(Matcher::json).forEach(silence.putArray("matchers")::add);
        return alertmanager
                .ask(Request.post("/api/v2/silences", silence))
                .map(answer -> answer.told(created -> told(target, created)));
    }

    @Override
    public Uni<Settlement> settle(Parameters parameters, Silence target, ToolContext context) {
        return alertmanager.ask(Request.get("/api/v2/silences")).map(answer -> switch (answer) {
            case Given(var silences) -> settled(silences, target);
            case Missing(var failure, var _) -> new Settlement.StillUnknown(failure.message());
        });
    }

    /** An expired one took effect too. */
    private static Settlement settled(JsonNode silences, Silence target) {
        return silences.valueStream()
                .filter(silence -> silence.path("comment").asText().contains("[" + target.marker() + "]"))
                .<Settlement>map(silence -> new Settlement.Happened(
                        "silence " + silence.path("id").asText() + " carries " + target.marker()))
                .findFirst()
                .orElseGet(() -> new Settlement.NeverHappened("no silence carries " + target.marker()));
    }

    private static ToolResult told(Silence target, JsonNode created) {
        var id = created.path("silenceID").asText();
        if (id.isEmpty()) {
            return new ToolResult.Failed(FailureReason.TIMED_OUT, "Alertmanager said yes and named no silence");
        }
        return new Done(
                "Silenced " + written(target) + " until " + target.endsAt(),
                JsonNodeFactory.instance
                        .objectNode()
                        .put("silence_id", id)
                        .put("ends_at", target.endsAt().toString()));
    }

    private static String written(Silence target) {
        return target.matchers().stream().map(Matcher::toString).collect(Collectors.joining(", ", "{", "}"));
    }

    private static String marker(ToolContext context) {
        return "infraai-task:" + context.correlationId();
    }

    private static Uni<Identified<Silence>> refused(String why) {
        return Uni.createFrom().item(Identified.NotFound.because(FailureReason.INVALID_PARAMETERS, why));
    }
}
