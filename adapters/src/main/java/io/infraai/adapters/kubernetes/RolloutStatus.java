package io.infraai.adapters.kubernetes;

import java.time.Duration;

import jakarta.enterprise.context.ApplicationScoped;

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
class RolloutStatus implements Tool.Reading<RolloutStatus.Parameters> {

    record Parameters(
            @Parameter(value = "The deployment's name", pattern = Parameter.DNS_SUBDOMAIN)
            String deploymentName,

            @Parameter(value = "The namespace it is in", pattern = Parameter.DNS_LABEL, maxLength = 63)
            String namespace,

            @Parameter(
                    value = "What it is, if not a deployment: statefulset or daemonset",
                    pattern = Workload.ANY,
                    optional = true,
                    defaultValue = Workload.DEFAULT)
            @Nullable
            String kind,

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
            return Workload.place(kind, namespace, deploymentName);
        }
    }

    private static final ToolSpec<Parameters> SPEC = new ToolSpec<>(
            "rollout_status",
            "Says how far a deployment, statefulset or daemonset has come with its latest template",
            Parameters.class,
            Risk.READS,
            "",
            Duration.ofSeconds(10));

    private final Clusters clusters;

    RolloutStatus(Clusters clusters) {
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
                        .map(RolloutState::of)
                        .<ToolResult>map(state -> new Done(state.sentence(parameters.place()), state.detail()))
                        .orElseGet(() -> new Failed(
                                TARGET_NOT_FOUND,
                                "There is no " + parameters.place().shown())));
    }
}
