package io.infraai.adapters.kubernetes;

import java.time.Duration;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
            String selector,

            @Parameter(
                    value = InCluster.DESCRIPTION,
                    pattern = Parameter.DNS_LABEL,
                    maxLength = 63,
                    optional = true,
                    defaultValue = Clusters.DEFAULT)
            @Nullable
            String cluster)
            implements InCluster {}

    /** More would drown a reader; the answer says that it was cut. */
    private static final int LIMIT = 500;

    private static final ToolSpec<Parameters> SPEC = new ToolSpec<>(
            "list_pods",
            "Lists pods with their phase, readiness, restarts and what keeps them from running",
            Parameters.class,
            Risk.READS,
            "",
            Duration.ofSeconds(10));

    private final Clusters clusters;

    ListPods(Clusters clusters) {
        this.clusters = clusters;
    }

    @Override
    public ToolSpec<Parameters> spec() {
        return SPEC;
    }

    @Override
    public Uni<ToolResult> read(Parameters parameters, ToolContext context) {
        var namespace = parameters.namespace() == null ? "" : parameters.namespace();
        var query = ListQuery.first(LIMIT).labelled(parameters.selector());
        return clusters.result(parameters, context, api -> told(api.list(ApiKind.POD, namespace, query)));
    }

    private static ToolResult told(ApiPage page) {
        var detail = JsonNodeFactory.instance.objectNode().put("truncated", page.truncated());
        var pods = detail.putArray("pods");
        page.items().forEach(pod -> pods.add(shown(pod)));
        var unready = page.items().stream().filter(pod -> !pod.holds("Ready")).count();
        return new Done(
                pods.size() + (page.truncated() ? " pods and more, " : " pods, ") + unready + " of them not ready",
                detail);
    }

    private static ObjectNode shown(ApiObject pod) {
        var restarts = 0;
        var reason = "";
        for (var container : pod.at("/status/containerStatuses")) {
            restarts += container.path("restartCount").asInt();
            reason = reason.isEmpty() ? trouble(container.path("state")) : reason;
        }
        var shown = JsonNodeFactory.instance
                .objectNode()
                .put("namespace", pod.namespace())
                .put("name", pod.name())
                .put("phase", pod.text("/status/phase"))
                .put("ready", pod.holds("Ready"))
                .put("restarts", restarts)
                .put("node", pod.text("/spec/nodeName"))
                .put("created", pod.text("/metadata/creationTimestamp"));
        if (pod.terminating()) {
            shown.put("reason", "Terminating");
        } else if (!reason.isEmpty()) {
            shown.put("reason", reason);
        }
        return shown;
    }

    private static String trouble(JsonNode state) {
        return state.has("waiting")
                ? state.path("waiting").path("reason").asText()
                : state.path("terminated").path("reason").asText();
    }
}
