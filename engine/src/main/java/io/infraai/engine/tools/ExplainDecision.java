package io.infraai.engine.tools;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

import io.infraai.contracts.tool.FailureReason;
import io.infraai.contracts.tool.Parameter;
import io.infraai.contracts.tool.Risk;
import io.infraai.contracts.tool.Tool;
import io.infraai.contracts.tool.ToolContext;
import io.infraai.contracts.tool.ToolResult;
import io.infraai.contracts.tool.ToolResult.Done;
import io.infraai.contracts.tool.ToolResult.Failed;
import io.infraai.contracts.tool.ToolSpec;
import io.infraai.engine.tools.ReadPolicies.Stored;
import io.infraai.persistence.intake.EpisodeQueries;
import io.infraai.persistence.intake.EpisodeQueries.DecisionView;
import io.infraai.persistence.intake.EpisodeQueries.EpisodeView;
import io.infraai.persistence.intake.EpisodeQueries.Filter;
import io.infraai.policies.PolicyExplainer;

@ApplicationScoped
class ExplainDecision implements Tool.Reading<ExplainDecision.Parameters> {

    record Parameters(
            @Parameter(value = "The alert's name; its newest episode is looked at", optional = true) @Nullable
            String alertname,

            @Parameter(
                    value = "More of the alert's labels where several have the name, e.g. namespace=shop, pod=web-0",
                    maxLength = 2000,
                    optional = true)
            @Nullable
            String labels,

            @Parameter(
                    value = "The episode instead of the alert",
                    pattern = "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$",
                    optional = true)
            @Nullable
            String episode,

            @Parameter(value = "Only this policy, by its name or number", maxLength = 200, optional = true) @Nullable
            String policy) {}

    /** More policies than anybody reads about at once. */
    private static final int SHOWN = 30;

    private static final ToolSpec<Parameters> SPEC = new ToolSpec<>(
            "explain_decision",
            "Explains why a policy did or didn't act on an alert: what was decided and why, or which part of its condition"
                    + " doesn't hold",
            Parameters.class,
            Risk.READS,
            "",
            Duration.ofSeconds(10));

    private final EpisodeQueries episodes;
    private final ReadPolicies policies;
    private final PolicyExplainer explainer = new PolicyExplainer();

    ExplainDecision(EpisodeQueries episodes, ReadPolicies policies) {
        this.episodes = episodes;
        this.policies = policies;
    }

    @Override
    public ToolSpec<Parameters> spec() {
        return SPEC;
    }

    @Override
    public Uni<ToolResult> read(Parameters parameters, ToolContext context) {
        if (parameters.episode() != null) {
            return episodes.byId(context.tenant(), UUID.fromString(parameters.episode()))
                    .chain(found -> explained(found.stream().toList(), parameters, context));
        }
        var labels = new HashMap<String, String>();
        if (parameters.labels() != null) {
            var read = LabelList.parse(parameters.labels());
            if (read.isEmpty()) {
                return failed(FailureReason.INVALID_PARAMETERS, LabelList.SYNTAX);
            }
            labels.putAll(read.get());
        }
        if (parameters.alertname() != null) {
            labels.put("alertname", parameters.alertname());
        }
        if (labels.isEmpty()) {
            return failed(FailureReason.INVALID_PARAMETERS, "Name an alert, some of its labels or an episode");
        }
        return episodes.find(context.tenant(), new Filter(null, labels, null, 1))
                .chain(found -> explained(found, parameters, context));
    }

    private Uni<ToolResult> explained(List<EpisodeView> found, Parameters parameters, ToolContext context) {
        if (found.isEmpty()) {
            return failed(
                    FailureReason.TARGET_NOT_FOUND,
                    "InfraAI has never got such an alert; list_episodes shows those that it got");
        }
        var wanted = parameters.policy();
        return policies.all(context.tenant()).map(all -> {
            var chosen = wanted == null
                    ? all
                    : all.stream().filter(each -> isCalled(each, wanted)).toList();
            return chosen.isEmpty() && wanted != null ? unknown(wanted, all) : told(found.getFirst(), chosen);
        });
    }

    private static boolean isCalled(Stored policy, String wanted) {
        return policy.name().equalsIgnoreCase(wanted)
                || Long.toString(policy.document().id()).equals(wanted);
    }

    private static ToolResult unknown(String wanted, List<Stored> all) {
        var names = all.stream().limit(SHOWN).map(Stored::name).collect(Collectors.joining(", "));
        return new Failed(
                FailureReason.TARGET_NOT_FOUND,
                "There is no policy \"" + wanted + "\""
                        + (names.isEmpty() ? "; none is saved" : "; there are: " + names));
    }

    private ToolResult told(EpisodeView episode, List<Stored> chosen) {
        var decided = episode.decisions().stream().collect(Collectors.toMap(DecisionView::policyId, each -> each));
        var detail = JsonNodeFactory.instance.objectNode().put("truncated", chosen.size() > SHOWN);
        detail.set("episode", ShownEpisode.of(episode));
        var shown = detail.putArray("policies");
        chosen.stream().limit(SHOWN).forEach(policy -> explain(policy, episode, decided, shown));
        var name = episode.labels().getOrDefault("alertname", "the alert");
        var summary = chosen.size() == 1
                ? shown.path(0).path("policy").asText() + ": "
                        + shown.path(0).path("outcome").asText().replace('_', ' ') + ", "
                        + shown.path(0).path("reason").asText()
                : decided.size() + " of " + chosen.size() + " policies decided about " + name;
        return new Done(summary, detail);
    }

    private void explain(Stored policy, EpisodeView episode, Map<Long, DecisionView> decided, ArrayNode shown) {
        var decision = decided.get(policy.document().id());
        var node = shown.addObject().put("policy_id", policy.document().id()).put("policy", policy.name());
        if (decision != null) {
            node.put("outcome", decision.outcome().wire()).put("reason", decision.reason());
        } else {
            node.put("outcome", "not_matched").put("reason", whyNot(policy, episode));
        }
        if (policy.document().updatedAt().isAfter(episode.openedAt())) {
            node.put("saved_later", true);
        }
    }

    private String whyNot(Stored stored, EpisodeView episode) {
        if (stored.policy().isEmpty()) {
            return "the policy can't be read any more; save it again to see why";
        }
        var policy = stored.policy().get();
        if (!policy.enabled()) {
            return "the policy is disabled";
        }
        return explainer
                .whyNot(policy.condition(), ShownEpisode.alert(episode), episode.openedAt())
                .orElseGet(() -> stored.document().updatedAt().isAfter(episode.openedAt())
                        ? "its condition holds, but it was saved after the alert had been decided about"
                        : "its condition holds; the alert hasn't been decided about yet");
    }

    private static Uni<ToolResult> failed(FailureReason reason, String message) {
        return Uni.createFrom().item(new Failed(reason, message));
    }
}
