package io.infraai.adapters.kubernetes;

import java.time.Duration;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v1.ScaleBuilder;
import io.smallrye.mutiny.Uni;

import io.infraai.adapters.kubernetes.Deployments.DeploymentIdentity;
import io.infraai.contracts.tool.Parameter;
import io.infraai.contracts.tool.Risk;
import io.infraai.contracts.tool.Settlement;
import io.infraai.contracts.tool.Tool;
import io.infraai.contracts.tool.ToolContext;
import io.infraai.contracts.tool.ToolResult;
import io.infraai.contracts.tool.ToolResult.Done;
import io.infraai.contracts.tool.ToolSpec;

@ApplicationScoped
class ScaleDeployment implements Tool.Guarded<ScaleDeployment.Parameters, DeploymentIdentity> {

    record Parameters(
            @Parameter(value = "The deployment's name", pattern = Parameter.DNS_SUBDOMAIN)
            String deploymentName,

            @Parameter(value = "How many pods it shall have", min = 0, max = 100)
            int replicas,

            @Parameter(value = "The namespace it is in", pattern = Parameter.DNS_LABEL, maxLength = 63)
            String namespace) {}

    private static final ToolSpec<Parameters> SPEC = new ToolSpec<>(
            "scale_deployment",
            "Sets how many pods a deployment has",
            Parameters.class,
            Risk.CHANGES,
            "k8s:default/{namespace}/deployment/{deployment_name}",
            Duration.ofSeconds(10));

    private final Deployments deployments;

    ScaleDeployment(Deployments deployments) {
        this.deployments = deployments;
    }

    @Override
    public ToolSpec<Parameters> spec() {
        return SPEC;
    }

    @Override
    public Class<DeploymentIdentity> identity() {
        return DeploymentIdentity.class;
    }

    @Override
    public Uni<Identified<DeploymentIdentity>> identify(Parameters parameters, ToolContext context) {
        return deployments.identify(parameters.namespace(), parameters.deploymentName(), context);
    }

    @Override
    public String describe(Parameters parameters, DeploymentIdentity target) {
        return "Scale deployment " + parameters.deploymentName() + " in " + parameters.namespace() + " from "
                + target.replicas() + " to " + parameters.replicas() + " pods";
    }

    @Override
    public Uni<ToolResult> apply(Parameters parameters, DeploymentIdentity target, ToolContext context) {
        return deployments.change(
                target,
                all -> read(all, parameters),
                current -> hasCount(current, parameters) ? Optional.of(said(parameters)) : Optional.empty(),
                current -> scale(parameters, current),
                context);
    }

    @Override
    public Uni<Settlement> settle(Parameters parameters, DeploymentIdentity target, ToolContext context) {
        return deployments.settle(
                target, all -> read(all, parameters), current -> hasCount(current, parameters), context);
    }

    private ToolResult scale(Parameters parameters, Deployment current) {
        var scale = new ScaleBuilder()
                .withNewMetadata()
                .withNamespace(parameters.namespace())
                .withName(parameters.deploymentName())
                .withResourceVersion(current.getMetadata().getResourceVersion())
                .endMetadata()
                .withNewSpec()
                .withReplicas(parameters.replicas())
                .endSpec()
                .build();
        deployments
                .resource(parameters.namespace(), parameters.deploymentName())
                .scale(scale);
        return said(parameters);
    }

    private static ToolResult said(Parameters parameters) {
        return new Done("Deployment " + parameters.deploymentName() + " in " + parameters.namespace() + " is set to "
                + parameters.replicas() + " pods");
    }

    private static boolean hasCount(Deployment deployment, Parameters parameters) {
        return deployment.getSpec().getReplicas() == parameters.replicas();
    }

    private static Deployment read(Deployments all, Parameters parameters) {
        return all.resource(parameters.namespace(), parameters.deploymentName()).get();
    }
}
