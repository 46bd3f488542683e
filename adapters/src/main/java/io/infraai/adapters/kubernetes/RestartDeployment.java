package io.infraai.adapters.kubernetes;

import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import io.fabric8.kubernetes.client.dsl.base.PatchType;
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

@ApplicationScoped
class RestartDeployment implements Tool.Guarded<RestartDeployment.Parameters, Workload.Identity> {

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

    /** Tells our own restart from anybody else's when the answer to it was lost. */
    private static final String TASK = "infraai.io/task";

    private static final ToolSpec<Parameters> SPEC = new ToolSpec<>(
            "restart_deployment",
            "Restarts all pods of a deployment, statefulset or daemonset, as kubectl rollout restart does",
            Parameters.class,
            Risk.CHANGES,
            "k8s:{cluster}/{namespace}/{kind}/{deployment_name}",
            Duration.ofSeconds(10));

    private final Clusters clusters;
    private final Clock clock;

    RestartDeployment(Clusters clusters, Clock clock) {
        this.clusters = clusters;
        this.clock = clock;
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
        return "Restart the " + target.replicas() + " pods of "
                + parameters.place().shown() + " one after the other";
    }

    @Override
    public Uni<Rehearsal> rehearse(Parameters parameters, Workload.Identity target, ToolContext context) {
        return clusters.rehearsed(
                parameters,
                context,
                api -> GuardedWrite.rehearsed(api, parameters.place(), target.self(), restart(parameters, context)));
    }

    @Override
    public Uni<ToolResult> apply(Parameters parameters, Workload.Identity target, ToolContext context) {
        return clusters.result(
                parameters,
                context,
                api -> GuardedWrite.attempt(api, parameters.place(), target.self(), restart(parameters, context)));
    }

    @Override
    public Uni<Settlement> settle(Parameters parameters, Workload.Identity target, ToolContext context) {
        return clusters.settled(
                parameters,
                context,
                api -> GuardedWrite.settled(api, parameters.place(), target.uid(), restart(parameters, context)));
    }

    private GuardedWrite.Change restart(Parameters parameters, ToolContext context) {
        return new GuardedWrite.Change() {
            @Override
            public Optional<ToolResult> already(KubernetesApi api, ApiObject current) {
                var by = current.at("/spec/template/metadata/annotations")
                        .path(TASK)
                        .asText();
                return by.equals(context.correlationId())
                        ? Optional.of(new Done(parameters.place().shown() + " was restarted already"))
                        : Optional.empty();
            }

            @Override
            public ToolResult make(KubernetesApi api, ApiObject current, boolean dryRun) {
                api.patch(parameters.place(), PatchType.JSON_MERGE, patch(current, context), dryRun);
                return new Done("Restarted " + parameters.place().shown());
            }
        };
    }

    private String patch(ApiObject current, ToolContext context) {
        return """
                {"metadata":{"resourceVersion":"%s"},
                 "spec":{"template":{"metadata":{"annotations":{
                   "kubectl.kubernetes.io/restartedAt":"%s","%s":"%s"}}}}}""".formatted(
                        current.resourceVersion(),
                        clock.instant().truncatedTo(ChronoUnit.SECONDS),
                        TASK,
                        context.correlationId());
    }
}
