package io.infraai.adapters.alertmanager;

import java.time.Duration;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;

import io.infraai.adapters.tool.http.Answer;
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

/** Guarded by the silence's id: one that is changed to cover other alerts gets another id, and what expired stays so. */
@ApplicationScoped
class ExpireSilence implements Tool.Guarded<ExpireSilence.Parameters, ExpireSilence.SilenceIdentity> {

    record Parameters(
            @Parameter(
                    value = "The silence's id",
                    pattern = "^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$",
                    maxLength = 36)
            String silenceId) {}

    record SilenceIdentity(String id, String comment) {}

    private static final ToolSpec<Parameters> SPEC = new ToolSpec<>(
            "expire_silence",
            "Ends a silence now, so that its alerts are notified of again",
            Parameters.class,
            Risk.CHANGES,
            "alertmanager:default/silence/{silence_id}",
            Duration.ofSeconds(20));

    private final Alertmanager alertmanager;

    ExpireSilence(Alertmanager alertmanager) {
        this.alertmanager = alertmanager;
    }

    @Override
    public ToolSpec<Parameters> spec() {
        return SPEC;
    }

    @Override
    public Class<SilenceIdentity> identity() {
        return SilenceIdentity.class;
    }

    @Override
    public Uni<Identified<SilenceIdentity>> identify(Parameters parameters, ToolContext context) {
        return found(parameters.silenceId()).map(answer -> switch (answer) {
            case Given(var silence) ->
                new Identified.Found<>(new SilenceIdentity(
                        parameters.silenceId(), silence.path("comment").asText()));
            case Missing(var failure, var _)
            when failure.reason() == FailureReason.TARGET_NOT_FOUND ->
                Identified.NotFound.because(failure.reason(), "There is no silence " + parameters.silenceId());
            case Missing(var failure, var _) -> new Identified.NotFound<>(failure);
        });
    }

    @Override
    public String describe(Parameters parameters, SilenceIdentity target) {
        return "End silence " + target.id() + " (" + target.comment() + ")";
    }

    /** Looks first: some versions answer the expiry of what has expired with an error. */
    @Override
    public Uni<ToolResult> apply(Parameters parameters, SilenceIdentity target, ToolContext context) {
        return found(target.id()).chain(answer -> switch (answer) {
            case Given(var silence) when hasExpired(silence) -> Uni.createFrom().item(alreadyOver(target));
            case Given _ ->
                alertmanager
                        .ask(Request.delete("/api/v2/silence/" + Request.segment(target.id())))
                        .map(deleted -> deleted.told(_ -> new Done("Ended silence " + target.id())));
            case Missing(var failure, var _) ->
                Uni.createFrom()
                        .item(failure.reason() == FailureReason.TARGET_NOT_FOUND ? alreadyOver(target) : failure);
        });
    }

    @Override
    public Uni<Settlement> settle(Parameters parameters, SilenceIdentity target, ToolContext context) {
        return found(target.id()).map(answer -> switch (answer) {
            case Given(var silence) when hasExpired(silence) -> new Settlement.Happened("that silence has expired");
            case Given _ -> new Settlement.NeverHappened("that silence is still there");
            case Missing(var failure, var _)
            when failure.reason() == FailureReason.TARGET_NOT_FOUND -> new Settlement.Happened("that silence is gone");
            case Missing(var failure, var _) -> new Settlement.StillUnknown(failure.message());
        });
    }

    private Uni<Answer> found(String id) {
        return alertmanager.ask(Request.get("/api/v2/silence/" + Request.segment(id)));
    }

    private static boolean hasExpired(JsonNode silence) {
        return "expired".equals(silence.path("status").path("state").asText());
    }

    private static ToolResult alreadyOver(SilenceIdentity target) {
        return new Done("Silence " + target.id() + " was over already");
    }
}
