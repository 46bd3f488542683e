package io.infraai.adapters.kubernetes;

import java.time.Duration;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

import io.infraai.contracts.tool.Parameter;
import io.infraai.contracts.tool.Risk;
import io.infraai.contracts.tool.Tool;
import io.infraai.contracts.tool.ToolContext;
import io.infraai.contracts.tool.ToolResult;
import io.infraai.contracts.tool.ToolResult.Done;
import io.infraai.contracts.tool.ToolResult.Failed;
import io.infraai.contracts.tool.ToolSpec;

import static io.infraai.contracts.tool.FailureReason.TARGET_NOT_FOUND;

@ApplicationScoped
class RolloutHistory implements Tool.Reading<RolloutHistory.Parameters> {

    record Parameters(
            @Parameter(value = "The deployment's name", pattern = Parameter.DNS_SUBDOMAIN)
            String deploymentName,

            @Parameter(value = "The namespace it is in", pattern = Parameter.DNS_LABEL, maxLength = 63)
            String namespace,

            @Parameter(
                    value = InCluster.DESCRIPTION,
                    pattern = Parameter.DNS_LABEL,
                    maxLength = 63,
                    optional = true,
                    defaultValue = Clusters.DEFAULT)
            @Nullable
            String cluster)
            implements InCluster {

        ObjectPlace place() {
            return ApiKind.DEPLOYMENT.named(namespace, deploymentName);
        }
    }

    private static final int SHOWN = 20;

    private static final ToolSpec<Parameters> SPEC = new ToolSpec<>(
            "rollout_history",
            "Lists the revisions that a deployment can be taken back to, newest first",
            Parameters.class,
            Risk.READS,
            "",
            Duration.ofSeconds(15));

    private final Clusters clusters;

    RolloutHistory(Clusters clusters) {
        this.clusters = clusters;
    }

    @Override
    public ToolSpec<Parameters> spec() {
        return SPEC;
    }

    @Override
    public Uni<ToolResult> read(Parameters parameters, ToolContext context) {
        return clusters.result(
                parameters,
                context,
                api -> api.get(parameters.place())
                        .map(deployment -> told(api, deployment, parameters.place()))
                        .orElseGet(() -> new Failed(
                                TARGET_NOT_FOUND,
                                "There is no " + parameters.place().shown())));
    }

    private static ToolResult told(KubernetesApi api, ApiObject deployment, ObjectPlace place) {
        var sets = Revisions.of(api, deployment);
        var detail = JsonNodeFactory.instance.objectNode().put("current", Revisions.number(deployment));
        var revisions = detail.putArray("revisions");
        sets.stream().limit(SHOWN).forEach(set -> revisions.add(shown(set)));
        return new Done(
                place.shown() + " has " + sets.size() + " revisions, the current is " + Revisions.number(deployment),
                detail);
    }

    private static ObjectNode shown(ApiObject set) {
        var shown = JsonNodeFactory.instance
                .objectNode()
                .put("revision", Revisions.number(set))
                .put("replica_set", set.name())
                .put("created", set.text("/metadata/creationTimestamp"))
                .put("replicas", set.at("/spec/replicas").asInt());
        var cause = set.annotation("kubernetes.io/change-cause");
        if (!cause.isEmpty()) {
            shown.put("cause", cause);
        }
        var images = shown.putArray("images");
        set.at("/spec/template/spec/containers")
                .forEach(it -> images.add(it.path("image").asText()));
        return shown;
    }
}
