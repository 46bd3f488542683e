package io.infraai.adapters.kubernetes;

import java.time.Duration;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

import io.infraai.contracts.tool.Parameter;
import io.infraai.contracts.tool.Rehearsal;
import io.infraai.contracts.tool.Risk;
import io.infraai.contracts.tool.Settlement;
import io.infraai.contracts.tool.Tool;
import io.infraai.contracts.tool.ToolContext;
import io.infraai.contracts.tool.ToolResult;
import io.infraai.contracts.tool.ToolResult.Done;
import io.infraai.contracts.tool.ToolSpec;
import io.infraai.contracts.tool.Undo;

@ApplicationScoped
class ScaleDeployment implements Tool.Guarded<ScaleDeployment.Parameters, Workload.Identity> {

    record Parameters(
            @Parameter(value = "The deployment's name", pattern = Parameter.DNS_SUBDOMAIN)
            String deploymentName,

            @Parameter(value = "How many pods it shall have", min = 0, max = 100)
            int replicas,

            @Parameter(value = "The namespace it is in", pattern = Parameter.DNS_LABEL, maxLength = 63)
            String namespace,

            @Parameter(
                    value = "What it is, if not a deployment: statefulset",
                    pattern = Workload.SCALABLE,
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

    private static final String NAME = "scale_deployment";

    private static final ToolSpec<Parameters> SPEC = new ToolSpec<>(
            NAME,
            "Sets how many pods a deployment or statefulset has",
            Parameters.class,
            Risk.CHANGES,
            "k8s:{cluster}/{namespace}/{kind}/{deployment_name}",
            Duration.ofSeconds(10));

    private final Clusters clusters;

    ScaleDeployment(Clusters clusters) {
        this.clusters = clusters;
    }

    @Override
    public ToolSpec<Parameters> spec() {
        return SPEC;
    }

    @Override
    public Class<Workload.Identity> identity() {
        return Workload.Identity.class;
    }

    @Override
    public Uni<Identified<Workload.Identity>> identify(Parameters parameters, ToolContext context) {
        return clusters.identified(parameters, context, api -> Workload.identify(api, parameters.place()));
    }

    @Override
    public String describe(Parameters parameters, Workload.Identity target) {
        return "Scale " + parameters.place().shown() + " from " + target.replicas() + " to " + parameters.replicas()
                + " pods";
    }

    @Override
    public Uni<Rehearsal> rehearse(Parameters parameters, Workload.Identity target, ToolContext context) {
        return clusters.rehearsed(
                parameters,
                context,
                api -> GuardedWrite.rehearsed(api, parameters.place(), target.self(), scaling(parameters)));
    }

    @Override
    public Uni<ToolResult> apply(Parameters parameters, Workload.Identity target, ToolContext context) {
        return clusters.result(
                parameters,
                context,
                api -> GuardedWrite.attempt(api, parameters.place(), target.self(), scaling(parameters)));
    }

    @Override
    public Uni<Settlement> settle(Parameters parameters, Workload.Identity target, ToolContext context) {
        return clusters.settled(
                parameters,
                context,
                api -> GuardedWrite.settled(api, parameters.place(), target.uid(), scaling(parameters)));
    }

    @Override
    public Optional<Undo> inverse(Parameters parameters, Workload.Identity target) {
        var arguments = JsonNodeFactory.instance
                .objectNode()
                .put("deployment_name", parameters.deploymentName())
                .put("replicas", target.replicas())
                .put("namespace", parameters.namespace());
        if (parameters.kind() != null) {
            arguments.put("kind", parameters.kind());
        }
        if (parameters.cluster() != null) {
            arguments.put("cluster", parameters.cluster());
        }
        return Optional.of(new Undo(NAME, arguments));
    }

    private static GuardedWrite.Change scaling(Parameters parameters) {
        return new GuardedWrite.Change() {
            @Override
            public Optional<ToolResult> already(KubernetesApi api, ApiObject current) {
                return Workload.replicas(current) == parameters.replicas()
                        ? Optional.of(new Done(
                                parameters.place().shown() + " has " + parameters.replicas() + " pods already"))
                        : Optional.empty();
            }

            @Override
            public ToolResult make(KubernetesApi api, ApiObject current, boolean dryRun) {
                api.scale(parameters.place(), current.resourceVersion(), parameters.replicas(), dryRun);
                return new Done(parameters.place().shown() + " is set to " + parameters.replicas() + " pods");
            }
        };
    }
}
