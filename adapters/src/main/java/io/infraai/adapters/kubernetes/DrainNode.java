package io.infraai.adapters.kubernetes;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

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
import io.infraai.contracts.tool.Undo;

import static io.infraai.contracts.tool.FailureReason.INVALID_PARAMETERS;
import static io.infraai.contracts.tool.FailureReason.REFUSED_FOR_NOW;
import static io.infraai.contracts.tool.FailureReason.TARGET_NOT_FOUND;
import static io.infraai.contracts.tool.FailureReason.TIMED_OUT;

@ApplicationScoped
class DrainNode implements Tool.Guarded<DrainNode.Parameters, DrainNode.DrainIdentity> {

    record Parameters(
            @Parameter(value = "The node's name", pattern = Parameter.DNS_SUBDOMAIN)
            String nodeName,

            @Parameter(value = "Whether pods go whose scratch data is lost with them", optional = true) @Nullable
            Boolean deleteEmptydirData,

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

    /**
     * @param cordoned whether the node was when it was identified
     * @param pods which are to leave
     */
    record DrainIdentity(String nodeUid, boolean cordoned, List<PodToMove> pods) {

        DrainIdentity {
            pods = List.copyOf(pods);
        }
    }

    record PodToMove(String namespace, String name, String uid) {

        ObjectPlace place() {
            return ApiKind.POD.named(namespace, name);
        }
    }

    private static final String MIRROR = "kubernetes.io/config.mirror";
    private static final int PODS = 500;
    private static final int NAMED = 10;

    private static final ToolSpec<Parameters> SPEC = new ToolSpec<>(
            "drain_node",
            "Cordons a node and evicts its pods, as far as disruption budgets allow",
            Parameters.class,
            Risk.CHANGES,
            "k8s:{cluster}/-/node/{node_name}",
            Duration.ofSeconds(60));

    private final Clusters clusters;

    DrainNode(Clusters clusters) {
        this.clusters = clusters;
    }

    @Override
    public ToolSpec<Parameters> spec() {
        return SPEC;
    }

    @Override
    public Class<DrainIdentity> identity() {
        return DrainIdentity.class;
    }

    @Override
    public Uni<Identified<DrainIdentity>> identify(Parameters parameters, ToolContext context) {
        return clusters.identified(
                parameters,
                context,
                api -> api.get(parameters.place())
                        .map(node -> planned(api, node, parameters))
                        .orElseGet(() -> Identified.NotFound.because(
                                TARGET_NOT_FOUND,
                                "There is no " + parameters.place().shown())));
    }

    @Override
    public String describe(Parameters parameters, DrainIdentity target) {
        return "Cordon " + parameters.place().shown() + " and evict its "
                + target.pods().size() + " pods" + named(target.pods());
    }

    @Override
    public Uni<Rehearsal> rehearse(Parameters parameters, DrainIdentity target, ToolContext context) {
        return clusters.rehearsed(
                parameters, context, api -> Cordoning.tried(api, parameters.place(), target.nodeUid(), true));
    }

    @Override
    public Uni<ToolResult> apply(Parameters parameters, DrainIdentity target, ToolContext context) {
        return clusters.result(
                parameters, context, api -> switch (Cordoning.set(api, parameters.place(), target.nodeUid(), true)) {
                    case Failed failed -> failed;
                    case Done _ -> evictAll(api, parameters, target);
                });
    }

    @Override
    public Uni<Settlement> settle(Parameters parameters, DrainIdentity target, ToolContext context) {
        return clusters.settled(parameters, context, api -> {
            var left = left(api, parameters, target);
            return left.isEmpty()
                    ? new Settlement.Happened("none of those pods is left on "
                            + parameters.place().shown())
                    : new Settlement.NeverHappened(left.size() + " of those pods are still there");
        });
    }

    @Override
    public Optional<Undo> inverse(Parameters parameters, DrainIdentity target) {
        return Cordoning.inverse("uncordon", !target.cordoned(), parameters.nodeName(), parameters.cluster());
    }

    private static Identified<DrainIdentity> planned(KubernetesApi api, ApiObject node, Parameters parameters) {
        var page = podsOn(api, parameters);
        if (page.truncated()) {
            return Identified.NotFound.because(INVALID_PARAMETERS, "There are too many pods on the node to drain it");
        }
        var moving = new ArrayList<PodToMove>();
        var staying = new ArrayList<String>();
        for (var pod : page.items()) {
            if (!stays(pod)) {
                moving.add(new PodToMove(pod.namespace(), pod.name(), pod.uid()));
                obstacle(pod, parameters).ifPresent(why -> staying.add(pod.namespace() + "/" + pod.name() + " " + why));
            }
        }
        return staying.isEmpty()
                ? new Identified.Found<>(new DrainIdentity(node.uid(), Cordoning.cordoned(node), moving))
                : Identified.NotFound.because(
                        INVALID_PARAMETERS,
                        parameters.place().shown() + " can't be drained: "
                                + String.join("; ", staying.subList(0, Math.min(NAMED, staying.size()))));
    }

    /** Pods of daemonsets would come back at once, mirror pods aren't the API server's, terminating ones leave already. */
    private static boolean stays(ApiObject pod) {
        return pod.terminating()
                || !pod.annotation(MIRROR).isEmpty()
                || pod.controller()
                        .filter(owner -> owner.path("kind").asText().equals("DaemonSet"))
                        .isPresent();
    }

    private static Optional<String> obstacle(ApiObject pod, Parameters parameters) {
        var phase = pod.text("/status/phase");
        if (phase.equals("Succeeded") || phase.equals("Failed")) {
            return Optional.empty();
        }
        if (pod.controller().isEmpty()) {
            return Optional.of("has no controller that would start it elsewhere");
        }
        for (var volume : pod.at("/spec/volumes")) {
            if (volume.has("emptyDir") && !Boolean.TRUE.equals(parameters.deleteEmptydirData())) {
                return Optional.of("would lose the data of its emptyDir volume (delete_emptydir_data allows it)");
            }
        }
        return Optional.empty();
    }

    private static ToolResult evictAll(KubernetesApi api, Parameters parameters, DrainIdentity target) {
        var refused = new ArrayList<PodToMove>();
        for (var pod : target.pods()) {
            if (!evicted(api, pod)) {
                refused.add(pod);
            }
        }
        var left = left(api, parameters, target);
        if (left.isEmpty()) {
            return new Done("Drained " + parameters.place().shown() + ": "
                    + target.pods().size() + " pods left it");
        }
        return refused.isEmpty()
                ? new Failed(TIMED_OUT, "The evictions were answered with yes, and pods are still there" + named(left))
                : new Failed(
                        REFUSED_FOR_NOW,
                        left.size() + " of " + target.pods().size()
                                + " pods stay: disruption budgets allow no eviction now" + named(left));
    }

    /** @return false when a budget forbids it now; a pod that is gone or another by now needs no eviction */
    private static boolean evicted(KubernetesApi api, PodToMove pod) {
        try {
            return api.evict(pod.place(), pod.uid(), false);
        } catch (KubernetesClientException e) {
            if (e.getCode() == 404 || e.getCode() == 409) {
                return true;
            }
            throw e;
        }
    }

    private static List<PodToMove> left(KubernetesApi api, Parameters parameters, DrainIdentity target) {
        var here = podsOn(api, parameters).items().stream()
                .filter(pod -> !pod.terminating())
                .map(ApiObject::uid)
                .toList();
        return target.pods().stream().filter(pod -> here.contains(pod.uid())).toList();
    }

    private static ApiPage podsOn(KubernetesApi api, Parameters parameters) {
        return api.list(ApiKind.POD, "", ListQuery.first(PODS).where("spec.nodeName=" + parameters.nodeName()));
    }

    private static String named(List<PodToMove> pods) {
        if (pods.isEmpty()) {
            return "";
        }
        var names = pods.stream()
                .limit(NAMED)
                .map(pod -> pod.namespace() + "/" + pod.name())
                .collect(Collectors.joining(", "));
        return ": " + names + (pods.size() > NAMED ? " and " + (pods.size() - NAMED) + " more" : "");
    }
}
