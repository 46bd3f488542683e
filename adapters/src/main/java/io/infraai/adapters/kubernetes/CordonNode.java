package io.infraai.adapters.kubernetes;

import java.time.Duration;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

import io.infraai.contracts.tool.Parameter;
import io.infraai.contracts.tool.Rehearsal;
import io.infraai.contracts.tool.Risk;
import io.infraai.contracts.tool.Settlement;
import io.infraai.contracts.tool.Tool;
import io.infraai.contracts.tool.ToolContext;
import io.infraai.contracts.tool.ToolResult;
import io.infraai.contracts.tool.ToolSpec;
import io.infraai.contracts.tool.Undo;

@ApplicationScoped
class CordonNode implements Tool.Guarded<CordonNode.Parameters, Cordoning.NodeIdentity> {

    record Parameters(
            @Parameter(value = "The node's name", pattern = Parameter.DNS_SUBDOMAIN)
            String nodeName,

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
            return ApiKind.NODE.named("", nodeName);
        }
    }

    private static final ToolSpec<Parameters> SPEC = new ToolSpec<>(
            "cordon",
            "Keeps new pods off a node; those that run there stay",
            Parameters.class,
            Risk.CHANGES,
            "k8s:{cluster}/-/node/{node_name}",
            Duration.ofSeconds(10));

    private final Clusters clusters;

    CordonNode(Clusters clusters) {
        this.clusters = clusters;
    }

    @Override
    public ToolSpec<Parameters> spec() {
        return SPEC;
    }

    @Override
    public Class<Cordoning.NodeIdentity> identity() {
        return Cordoning.NodeIdentity.class;
    }

    @Override
    public Uni<Identified<Cordoning.NodeIdentity>> identify(Parameters parameters, ToolContext context) {
        return clusters.identified(parameters, context, api -> Cordoning.identify(api, parameters.place()));
    }

    @Override
    public String describe(Parameters parameters, Cordoning.NodeIdentity target) {
        return "Cordon " + parameters.place().shown() + ", so that it takes no new pods";
    }

    @Override
    public Uni<Rehearsal> rehearse(Parameters parameters, Cordoning.NodeIdentity target, ToolContext context) {
        return clusters.rehearsed(
                parameters, context, api -> Cordoning.rehearsed(api, parameters.place(), target, true));
    }

    @Override
    public Uni<ToolResult> apply(Parameters parameters, Cordoning.NodeIdentity target, ToolContext context) {
        return clusters.result(parameters, context, api -> Cordoning.set(api, parameters.place(), target.uid(), true));
    }

    @Override
    public Uni<Settlement> settle(Parameters parameters, Cordoning.NodeIdentity target, ToolContext context) {
        return clusters.settled(
                parameters, context, api -> Cordoning.settled(api, parameters.place(), target.uid(), true));
    }

    @Override
    public Optional<Undo> inverse(Parameters parameters, Cordoning.NodeIdentity target) {
        return Cordoning.inverse("uncordon", !target.cordoned(), parameters.nodeName(), parameters.cluster());
    }
}
