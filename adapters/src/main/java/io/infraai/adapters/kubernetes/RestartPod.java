package io.infraai.adapters.kubernetes;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

import jakarta.enterprise.context.ApplicationScoped;

import io.fabric8.kubernetes.client.KubernetesClientException;
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
import io.infraai.contracts.tool.ToolResult.Failed;
import io.infraai.contracts.tool.ToolSpec;

import static io.infraai.contracts.tool.FailureReason.REFUSED_FOR_NOW;
import static io.infraai.contracts.tool.FailureReason.TARGET_NOT_FOUND;
import static io.infraai.contracts.tool.FailureReason.TIMED_OUT;

@ApplicationScoped
class RestartPod implements Tool.Guarded<RestartPod.Parameters, RestartPod.PodIdentity> {

    record Parameters(
            @Parameter(value = "The pod's name", pattern = Parameter.DNS_SUBDOMAIN)
            String podName,

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
            return ApiKind.POD.named(namespace, podName);
        }
    }

    record PodIdentity(String uid) {}

    private static final ToolSpec<Parameters> SPEC = new ToolSpec<>(
            "restart_pod",
            "Evicts a pod so that its controller starts a fresh one",
            Parameters.class,
            Risk.CHANGES,
            "k8s:{cluster}/{namespace}/pod/{pod_name}",
            Duration.ofSeconds(10));

    private static final Failed NO_EVICTION =
            new Failed(REFUSED_FOR_NOW, "The pod's disruption budget allows no eviction now");

    private final Clusters clusters;

    RestartPod(Clusters clusters) {
        this.clusters = clusters;
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
        return clusters.identified(
                parameters,
                context,
                api -> api.get(parameters.place())
                        .<Identified<PodIdentity>>map(pod -> new Identified.Found<>(new PodIdentity(pod.uid())))
                        .orElseGet(() -> Identified.NotFound.because(
                                TARGET_NOT_FOUND,
                                "There is no " + parameters.place().shown())));
    }

    @Override
    public String describe(Parameters parameters, PodIdentity target) {
        return "Evict " + parameters.place().shown() + " (uid " + target.uid() + ")";
    }

    /** A budget that forbids the eviction now is found out here, too. */
    @Override
    public Uni<Rehearsal> rehearse(Parameters parameters, PodIdentity target, ToolContext context) {
        var pod = parameters.place();
        return clusters.rehearsed(parameters, context, api -> {
            var forbidden = new AtomicBoolean();
            var tried = DryRun.of(
                    api,
                    pod,
                    current -> current.uid().equals(target.uid()),
                    current -> forbidden.set(!api.evict(pod, current.uid(), true)));
            return forbidden.get() ? new Rehearsal.Refused(NO_EVICTION) : tried;
        });
    }

    @Override
    public Uni<ToolResult> apply(Parameters parameters, PodIdentity target, ToolContext context) {
        return clusters.result(parameters, context, api -> evict(api, parameters.place(), target));
    }

    @Override
    public Uni<Settlement> settle(Parameters parameters, PodIdentity target, ToolContext context) {
        return clusters.settled(parameters, context, api -> settled(api, parameters.place(), target));
    }

    private static ToolResult evict(KubernetesApi api, ObjectPlace pod, PodIdentity target) {
        try {
            return api.evict(pod, target.uid(), false)
                    ? confirmed(api, pod, target, "Evicted " + pod.shown())
                    : NO_EVICTION;
        } catch (KubernetesClientException e) {
            if (e.getCode() != 404 && e.getCode() != 409) {
                throw e;
            }
            return confirmed(api, pod, target, "That pod was gone already");
        }
    }

    /** Whatever answered, the client takes a proxy's page of HTML for the server too: only the pod itself can tell. */
    private static ToolResult confirmed(KubernetesApi api, ObjectPlace pod, PodIdentity target, String done) {
        return switch (settled(api, pod, target)) {
            case Settlement.Happened _ -> new Done(done);
            case Settlement.NeverHappened _, Settlement.StillUnknown _ ->
                new Failed(TIMED_OUT, "The eviction was answered as if done, and the pod is still there");
        };
    }

    private static Settlement settled(KubernetesApi api, ObjectPlace place, PodIdentity target) {
        var pod = api.get(place).filter(it -> it.uid().equals(target.uid()));
        if (pod.isEmpty()) {
            return new Settlement.Happened("that pod is gone");
        }
        return pod.get().terminating()
                ? new Settlement.Happened("that pod is terminating")
                : new Settlement.NeverHappened("that pod is still there");
    }
}
