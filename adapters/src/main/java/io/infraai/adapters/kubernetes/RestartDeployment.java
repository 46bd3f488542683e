package io.infraai.adapters.kubernetes;

import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
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
class RestartDeployment implements Tool.Guarded<RestartDeployment.Parameters, DeploymentIdentity> {

    record Parameters(
            @Parameter(value = "The deployment's name", pattern = Parameter.DNS_SUBDOMAIN)
            String deploymentName,

            @Parameter(value = "The namespace it is in", pattern = Parameter.DNS_LABEL, maxLength = 63)
            String namespace) {}

    /** Tells our own restart from anybody else's when the answer to it was lost. */
    private static final String TASK = "infraai.io/task";

    private static final ToolSpec<Parameters> SPEC = new ToolSpec<>(
            "restart_deployment",
            "Restarts all pods of a deployment, as kubectl rollout restart does",
            Parameters.class,
            Risk.CHANGES,
            "k8s:default/{namespace}/deployment/{deployment_name}",
            Duration.ofSeconds(10));

    private final Deployments deployments;
    private final Clock clock;

    RestartDeployment(Deployments deployments, Clock clock) {
        this.deployments = deployments;
        this.clock = clock;
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
        return "Restart the " + target.replicas() + " pods of deployment " + parameters.deploymentName() + " in "
                + parameters.namespace() + " one after the other";
    }

    @Override
    public Uni<ToolResult> apply(Parameters parameters, DeploymentIdentity target, ToolContext context) {
        return deployments.change(
                target,
                all -> read(all, parameters),
                current -> restartedBy(current, context)
                        ? Optional.of(new Done("Deployment " + parameters.deploymentName() + " was restarted already"))
                        : Optional.empty(),
                current -> restart(parameters, current, context),
                context);
    }

    @Override
    public Uni<Settlement> settle(Parameters parameters, DeploymentIdentity target, ToolContext context) {
        return deployments.settle(
                target, all -> read(all, parameters), current -> restartedBy(current, context), context);
    }

    private ToolResult restart(Parameters parameters, Deployment current, ToolContext context) {
        var patch = """
                {"metadata":{"resourceVersion":"%s"},
                 "spec":{"template":{"metadata":{"annotations":{
                   "kubectl.kubernetes.io/restartedAt":"%s","%s":"%s"}}}}}""".formatted(
                        current.getMetadata().getResourceVersion(),
                        clock.instant().truncatedTo(ChronoUnit.SECONDS),
                        TASK,
                        context.correlationId());
        var how = new PatchContext.Builder()
                .withPatchType(PatchType.JSON_MERGE)
                .withFieldManager("infraai")
                .build();
        deployments
                .resource(parameters.namespace(), parameters.deploymentName())
                .patch(how, patch);
        return new Done("Restarted deployment " + parameters.deploymentName() + " in " + parameters.namespace());
    }

    private static boolean restartedBy(Deployment deployment, ToolContext context) {
        var annotations = deployment.getSpec().getTemplate().getMetadata().getAnnotations();
        return annotations != null && context.correlationId().equals(annotations.get(TASK));
    }

    private static Deployment read(Deployments all, Parameters parameters) {
        return all.resource(parameters.namespace(), parameters.deploymentName()).get();
    }
}
