package io.infraai.adapters.kubernetes;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

import io.infraai.contracts.tool.Parameter;
import io.infraai.contracts.tool.Risk;
import io.infraai.contracts.tool.Tool;
import io.infraai.contracts.tool.ToolContext;
import io.infraai.contracts.tool.ToolResult;
import io.infraai.contracts.tool.ToolResult.Done;
import io.infraai.contracts.tool.ToolSpec;

@ApplicationScoped
class ListPods implements Tool.Reading<ListPods.Parameters> {

    record Parameters(
            @Parameter(
                    value = "Only this namespace; all of them when left out",
                    pattern = Parameter.DNS_LABEL,
                    maxLength = 63,
                    optional = true)
            @Nullable
            String namespace,

            @Parameter(
                    value = "Only pods with these labels, e.g. app=web,tier!=cache",
                    pattern = "^[A-Za-z0-9_.,=!() /-]*$",
                    maxLength = 500,
                    optional = true)
            @Nullable
            String selector) {}

    /** More would drown a reader; the answer says that it was cut. */
    private static final long LIMIT = 500;

    private static final ToolSpec<Parameters> SPEC = new ToolSpec<>(
            "list_pods",
            "Lists pods with their phase, readiness, restarts and what keeps them from running",
            Parameters.class,
            Risk.READS,
            "",
            Duration.ofSeconds(10));

    private final KubernetesClient kubernetes;
    private final KubernetesCalls calls;

    ListPods(@Cluster KubernetesClient kubernetes, KubernetesCalls calls) {
        this.kubernetes = kubernetes;
        this.calls = calls;
    }

    @Override
    public ToolSpec<Parameters> spec() {
        return SPEC;
    }

    @Override
    public Uni<ToolResult> read(Parameters parameters, ToolContext context) {
        return calls.result(context, () -> told(listed(parameters)));
    }

    private PodList listed(Parameters parameters) {
        var options = new ListOptionsBuilder()
                .withLimit(LIMIT)
                .withLabelSelector(parameters.selector())
                .build();
        return parameters.namespace() == null
                ? kubernetes.pods().inAnyNamespace().list(options)
                : kubernetes.pods().inNamespace(parameters.namespace()).list(options);
    }

    private static ToolResult told(PodList list) {
        var pods = new ArrayNode(JsonNodeFactory.instance);
        list.getItems().forEach(pod -> pods.add(shown(pod)));
        var more = list.getMetadata().getContinue();
        var cut = more != null && !more.isEmpty();
        var detail = JsonNodeFactory.instance.objectNode().put("truncated", cut);
        detail.set("pods", pods);
        var unready = list.getItems().stream().filter(pod -> !ready(pod)).count();
        return new Done(pods.size() + (cut ? " pods and more, " : " pods, ") + unready + " of them not ready", detail);
    }

    private static ObjectNode shown(Pod pod) {
        var status = pod.getStatus();
        var shown = JsonNodeFactory.instance
                .objectNode()
                .put("namespace", pod.getMetadata().getNamespace())
                .put("name", pod.getMetadata().getName())
                .put("phase", status.getPhase())
                .put("ready", ready(pod))
                .put(
                        "restarts",
                        containers(pod)
                                .mapToInt(ContainerStatus::getRestartCount)
                                .sum())
                .put("node", pod.getSpec().getNodeName())
                .put("created", pod.getMetadata().getCreationTimestamp());
        containers(pod)
                .map(ContainerStatus::getState)
                .map(ListPods::trouble)
                .flatMap(Optional::stream)
                .findFirst()
                .ifPresent(reason -> shown.put("reason", reason));
        if (pod.getMetadata().getDeletionTimestamp() != null) {
            shown.put("reason", "Terminating");
        }
        return shown;
    }

    private static Optional<String> trouble(@Nullable ContainerState state) {
        if (state == null) {
            return Optional.empty();
        }
        if (state.getWaiting() != null) {
            return Optional.ofNullable(state.getWaiting().getReason());
        }
        return state.getTerminated() == null
                ? Optional.empty()
                : Optional.ofNullable(state.getTerminated().getReason());
    }

    private static boolean ready(Pod pod) {
        return pod.getStatus().getConditions().stream()
                .anyMatch(condition -> "Ready".equals(condition.getType()) && "True".equals(condition.getStatus()));
    }

    private static Stream<ContainerStatus> containers(Pod pod) {
        return pod.getStatus().getContainerStatuses().stream().filter(Objects::nonNull);
    }
}
