package io.infraai.adapters.kubernetes;

import java.time.Duration;

import jakarta.enterprise.context.ApplicationScoped;

import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.EvictionBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.smallrye.mutiny.Uni;

import io.infraai.contracts.tool.Parameter;
import io.infraai.contracts.tool.Risk;
import io.infraai.contracts.tool.Settlement;
import io.infraai.contracts.tool.Tool;
import io.infraai.contracts.tool.ToolContext;
import io.infraai.contracts.tool.ToolResult;
import io.infraai.contracts.tool.ToolResult.Done;
import io.infraai.contracts.tool.ToolResult.Failed;
import io.infraai.contracts.tool.ToolSpec;

import static io.infraai.contracts.tool.FailureReason.REFUSED_FOR_NOW;
import static io.infraai.contracts.tool.FailureReason.TARGET_CHANGED;
import static io.infraai.contracts.tool.FailureReason.TARGET_NOT_FOUND;
import static io.infraai.contracts.tool.FailureReason.TIMED_OUT;

@ApplicationScoped
class RestartPod implements Tool.Guarded<RestartPod.Parameters, RestartPod.PodIdentity> {

    record Parameters(
            @Parameter(value = "The pod's name", pattern = Parameter.DNS_SUBDOMAIN)
            String podName,

            @Parameter(value = "The namespace it is in", pattern = Parameter.DNS_LABEL, maxLength = 63)
            String namespace) {}

    record PodIdentity(String uid) {}

    private static final ToolSpec<Parameters> SPEC = new ToolSpec<>(
            "restart_pod",
            "Evicts a pod so that its controller starts a fresh one",
            Parameters.class,
            Risk.CHANGES,
            "k8s:default/{namespace}/pod/{pod_name}",
            Duration.ofSeconds(10));

    private final KubernetesClient kubernetes;
    private final KubernetesCalls calls;

    RestartPod(@Cluster KubernetesClient kubernetes, KubernetesCalls calls) {
        this.kubernetes = kubernetes;
        this.calls = calls;
    }

    @Override
    public ToolSpec<Parameters> spec() {
        return SPEC;
    }

    @Override
    public Class<PodIdentity> identity() {
        return PodIdentity.class;
    }

    @Override
    public Uni<Identified<PodIdentity>> identify(Parameters parameters, ToolContext context) {
        return calls.identified(context, () -> {
            var pod = pod(parameters).get();
            return pod == null
                    ? Identified.NotFound.because(
                            TARGET_NOT_FOUND,
                            "There is no pod " + parameters.podName() + " in namespace " + parameters.namespace())
                    : new Identified.Found<>(new PodIdentity(pod.getMetadata().getUid()));
        });
    }

    @Override
    public String describe(Parameters parameters, PodIdentity target) {
        return "Evict pod " + parameters.podName() + " in " + parameters.namespace() + " (uid " + target.uid() + ")";
    }

    @Override
    public Uni<ToolResult> apply(Parameters parameters, PodIdentity target, ToolContext context) {
        return calls.result(context, () -> evict(parameters, target)).map(RestartPod::goneIsDone);
    }

    @Override
    public Uni<Settlement> settle(Parameters parameters, PodIdentity target, ToolContext context) {
        return calls.off(
                context, () -> settled(parameters, target), failed -> new Settlement.StillUnknown(failed.message()));
    }

    /** Through the eviction API, which heeds disruption budgets; never by a plain delete. */
    private ToolResult evict(Parameters parameters, PodIdentity target) {
        var eviction = new EvictionBuilder()
                .withNewMetadata()
                .withNamespace(parameters.namespace())
                .withName(parameters.podName())
                .endMetadata()
                .withDeleteOptions(new DeleteOptionsBuilder()
                        .withNewPreconditions()
                        .withUid(target.uid())
                        .endPreconditions()
                        .build())
                .build();
        if (!pod(parameters).evict(eviction)) {
            return new Failed(REFUSED_FOR_NOW, "The pod's disruption budget allows no eviction now");
        }
        return confirmed(parameters, target);
    }

    /** The client takes any 2xx for a yes, a proxy's page of HTML too: only the pod itself can tell. */
    private ToolResult confirmed(Parameters parameters, PodIdentity target) {
        return switch (settled(parameters, target)) {
            case Settlement.Happened _ ->
                new Done("Evicted pod " + parameters.podName() + " in " + parameters.namespace());
            case Settlement.NeverHappened _, Settlement.StillUnknown _ ->
                new Failed(TIMED_OUT, "The eviction was answered with yes, and the pod is still there");
        };
    }

    private Settlement settled(Parameters parameters, PodIdentity target) {
        var pod = pod(parameters).get();
        if (pod == null || !pod.getMetadata().getUid().equals(target.uid())) {
            return new Settlement.Happened("that pod is gone");
        }
        return pod.getMetadata().getDeletionTimestamp() == null
                ? new Settlement.NeverHappened("that pod is still there")
                : new Settlement.Happened("that pod is terminating");
    }

    private static ToolResult goneIsDone(ToolResult result) {
        return switch (result) {
            case Failed(var reason, var _)
            when reason == TARGET_NOT_FOUND || reason == TARGET_CHANGED -> new Done("That pod was gone already");
            case Done done -> done;
            case Failed failed -> failed;
        };
    }

    private PodResource pod(Parameters parameters) {
        return kubernetes.pods().inNamespace(parameters.namespace()).withName(parameters.podName());
    }
}
