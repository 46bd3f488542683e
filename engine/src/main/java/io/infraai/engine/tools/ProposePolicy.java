package io.infraai.engine.tools;

import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import org.jspecify.annotations.Nullable;

import io.infraai.contracts.policy.Outcome;
import io.infraai.contracts.tool.FailureReason;
import io.infraai.contracts.tool.Parameter;
import io.infraai.contracts.tool.Risk;
import io.infraai.contracts.tool.Tool;
import io.infraai.contracts.tool.ToolContext;
import io.infraai.contracts.tool.ToolDescription;
import io.infraai.contracts.tool.ToolResult;
import io.infraai.contracts.tool.ToolResult.Done;
import io.infraai.contracts.tool.ToolResult.Failed;
import io.infraai.contracts.tool.ToolSpec;
import io.infraai.persistence.catalog.Catalogue;
import io.infraai.persistence.intake.EpisodeQueries;
import io.infraai.persistence.intake.EpisodeQueries.EpisodeView;
import io.infraai.persistence.intake.EpisodeQueries.Filter;
import io.infraai.policies.PolicyEvaluator;
import io.infraai.policies.PolicyIndex;
import io.infraai.policies.PolicyReading;

/** Drafts only: saving it is the user's act. */
@ApplicationScoped
class ProposePolicy implements Tool.Reading<ProposePolicy.Parameters> {

    record Parameters(
            @Parameter(value = "The alert it is for") String alertname,

            @Parameter(
                    value = "More labels the alert must have, e.g. namespace=shop, severity=critical",
                    maxLength = 2000,
                    optional = true)
            @Nullable
            String labels,

            @Parameter(value = "The tool it runs, e.g. restart_pod", pattern = "^[a-z][a-z0-9_]{0,62}$")
            String tool,

            @Parameter(
                    value =
                            "The tool's parameters as a JSON object; texts may hold ${label.name}. Left out ones are taken from"
                                    + " the alert's labels of like names",
                    maxLength = 4000,
                    optional = true)
            @Nullable
            String params,

            @Parameter(value = "What to call it", maxLength = 200, optional = true) @Nullable
            String name) {}

    /** Which label of usual alerts has the value of a parameter. */
    private static final Map<String, String> LABELS = Map.of(
            "pod_name", "pod",
            "deployment_name", "deployment",
            "node_name", "node",
            "vm_name", "vm_name",
            "namespace", "namespace");

    private static final int RECENT = 200;

    private static final ToolSpec<Parameters> SPEC = new ToolSpec<>(
            "propose_policy",
            "Drafts a policy that runs a tool when an alert fires, checks it and counts which recent alerts it would have acted"
                    + " on; saves nothing",
            Parameters.class,
            Risk.READS,
            "",
            Duration.ofSeconds(15));

    private final EpisodeQueries episodes;
    private final ReadPolicies policies;
    private final ObjectMapper json;
    private final Clock clock;

    ProposePolicy(EpisodeQueries episodes, ReadPolicies policies, ObjectMapper json, Clock clock) {
        this.episodes = episodes;
        this.policies = policies;
        this.json = json;
        this.clock = clock;
    }

    @Override
    public ToolSpec<Parameters> spec() {
        return SPEC;
    }

    @Override
    public Uni<ToolResult> read(Parameters parameters, ToolContext context) {
        var labels = parameters.labels() == null
                ? Optional.of(Map.<String, String>of())
                : LabelList.parse(parameters.labels());
        if (labels.isEmpty()) {
            return failed(LabelList.SYNTAX);
        }
        var params = params(parameters.params());
        if (params.isEmpty()) {
            return failed("params is a JSON object, e.g. {\"namespace\": \"${label.namespace}\"}");
        }
        return policies.tools().chain(tools -> {
            var draft = draft(
                    parameters,
                    labels.get(),
                    tools.find(parameters.tool())
                            .map(tool -> filled(params.get(), tool))
                            .orElse(params.get()));
            return switch (policies.reader(tools).read(context.tenant(), 1, 1, draft)) {
                case PolicyReading.Invalid(var faults) ->
                    failed(faults.stream()
                            .map(fault -> fault.path() + ": " + fault.message())
                            .collect(Collectors.joining("; ")));
                case PolicyReading.Valid valid -> forecast(valid, tools, context);
            };
        });
    }

    private Optional<ObjectNode> params(@Nullable String text) {
        if (text == null) {
            return Optional.of(JsonNodeFactory.instance.objectNode());
        }
        try {
            return json.readTree(text) instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
        } catch (JsonProcessingException _) {
            return Optional.empty();
        }
    }

    /** With placeholders for what the tool needs and usual alerts have. */
    private static ObjectNode filled(ObjectNode given, ToolDescription tool) {
        var params = given.deepCopy();
        for (var required : tool.inputSchema().path("required")) {
            var label = LABELS.get(required.asText());
            if (label != null && !params.has(required.asText())) {
                params.put(required.asText(), "${label." + label + "}");
            }
        }
        return params;
    }

    private static ObjectNode draft(Parameters parameters, Map<String, String> more, ObjectNode params) {
        var labels = new LinkedHashMap<String, String>();
        labels.put("alertname", parameters.alertname());
        labels.putAll(more);
        var draft = JsonNodeFactory.instance.objectNode();
        draft.put(
                "name",
                parameters.name() == null ? parameters.tool() + " on " + parameters.alertname() : parameters.name());
        var condition = draft.putObject("condition");
        var wanted = condition.putObject("labels");
        labels.forEach(wanted::put);
        condition.put("status", "firing");
        draft.putObject("action").put("tool", parameters.tool()).set("params", params);
        return draft;
    }

    private Uni<ToolResult> forecast(PolicyReading.Valid valid, Catalogue tools, ToolContext context) {
        return episodes.find(context.tenant(), new Filter(null, Map.of(), null, RECENT))
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .map(recent -> told(valid, recent, tools));
    }

    private ToolResult told(PolicyReading.Valid valid, List<EpisodeView> recent, Catalogue tools) {
        var index = new PolicyIndex();
        index.put(valid.policy());
        var evaluator = new PolicyEvaluator(index, policies.planner(tools));
        var now = clock.instant();
        var outcomes = new EnumMap<Outcome, Integer>(Outcome.class);
        var detail = JsonNodeFactory.instance.objectNode();
        detail.set("policy", valid.document());
        var examples = detail.putArray("examples");
        for (var episode : recent) {
            for (var evaluation : evaluator.evaluate(ShownEpisode.alert(episode), now)) {
                outcomes.merge(evaluation.outcome(), 1, Integer::sum);
                if (examples.size() < 5) {
                    examples.addObject()
                            .put("episode", episode.id().toString())
                            .put("opened_at", episode.openedAt().toString())
                            .put("outcome", evaluation.outcome().wire())
                            .put("reason", evaluation.reason());
                }
            }
        }
        var matched = outcomes.values().stream().mapToInt(Integer::intValue).sum();
        detail.put("recent_alerts", recent.size()).put("matched", matched);
        var byOutcome = detail.putObject("by_outcome");
        outcomes.forEach((outcome, count) -> byOutcome.put(outcome.wire(), count));
        detail.put("saved", false).put("save_with", "POST /api/policies");
        return new Done(
                "A draft that would match " + matched + " of the latest " + recent.size()
                        + " alerts; it isn't saved, that is yours to do",
                detail);
    }

    private static Uni<ToolResult> failed(String message) {
        return Uni.createFrom().item(new Failed(FailureReason.INVALID_PARAMETERS, message));
    }
}
