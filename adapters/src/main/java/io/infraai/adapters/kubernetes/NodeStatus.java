package io.infraai.adapters.kubernetes;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

import io.infraai.adapters.tool.NotedAssets;
import io.infraai.contracts.tool.Parameter;
import io.infraai.contracts.tool.Risk;
import io.infraai.contracts.tool.Tool;
import io.infraai.contracts.tool.ToolContext;
import io.infraai.contracts.tool.ToolResult;
import io.infraai.contracts.tool.ToolResult.Done;
import io.infraai.contracts.tool.ToolResult.Failed;
import io.infraai.contracts.tool.ToolSpec;

import static io.infraai.contracts.tool.FailureReason.TARGET_NOT_FOUND;

@ApplicationScoped
class NodeStatus implements Tool.Reading<NodeStatus.Parameters> {

    record Parameters(
            @Parameter(
                    value = "Only this node; all of them when left out",
                    pattern = Parameter.DNS_SUBDOMAIN,
                    optional = true)
            @Nullable
            String nodeName,

            @Parameter(
                    value = InCluster.DESCRIPTION,
                    pattern = Parameter.DNS_LABEL,
                    maxLength = 63,
                    optional = true,
                    defaultValue = Clusters.DEFAULT)
            @Nullable
            String cluster)
            implements InCluster {}

    private static final int LIMIT = 100;

    private static final ToolSpec<Parameters> SPEC = new ToolSpec<>(
            "node_status",
            "Shows nodes with their conditions, taints, capacity and whether they take pods",
            Parameters.class,
            Risk.READS,
            "",
            Duration.ofSeconds(15));

    private final Clusters clusters;
    private final NotedAssets assets;

    NodeStatus(Clusters clusters, NotedAssets assets) {
        this.clusters = clusters;
        this.assets = assets;
    }

    @Override
    public ToolSpec<Parameters> spec() {
        return SPEC;
    }

    @Override
    public Uni<ToolResult> read(Parameters parameters, ToolContext context) {
        var name = parameters.nodeName();
        return clusters.result(
                        parameters,
                        context,
                        api -> name == null
                                ? told(api.list(ApiKind.NODE, "", ListQuery.first(LIMIT)))
                                : told(api, name))
                .call(result -> noted(result, parameters, context));
    }

    private Uni<Void> noted(ToolResult result, Parameters parameters, ToolContext context) {
        var cluster = parameters.cluster() == null ? Clusters.DEFAULT : parameters.cluster();
        return result instanceof Done done
                ? assets.note(cluster, () -> NodeSightings.of(done.detail().path("nodes"), cluster), context)
                : Uni.createFrom().voidItem();
    }

    private static ToolResult told(KubernetesApi api, String name) {
        var place = ApiKind.NODE.named("", name);
        return api.get(place)
                .map(node -> told(new ApiPage(List.of(node), false, OptionalLong.of(0))))
                .orElseGet(() -> new Failed(TARGET_NOT_FOUND, "There is no " + place.shown()));
    }

    private static ToolResult told(ApiPage page) {
        var detail = JsonNodeFactory.instance.objectNode().put("truncated", page.truncated());
        var nodes = detail.putArray("nodes");
        page.items().forEach(node -> nodes.add(shown(node)));
        var ready = page.items().stream().filter(node -> node.holds("Ready")).count();
        var cordoned = page.items().stream().filter(NodeStatus::cordoned).count();
        return new Done(
                ready + " of " + page.items().size() + " nodes ready" + page.more() + ", " + cordoned + " cordoned",
                detail);
    }

    private static ObjectNode shown(ApiObject node) {
        var shown = JsonNodeFactory.instance
                .objectNode()
                .put("name", node.name())
                .put("ready", node.holds("Ready"))
                .put("cordoned", cordoned(node))
                .put("version", node.text("/status/nodeInfo/kubeletVersion"))
                .put("created", node.text("/metadata/creationTimestamp"));
        for (var address : node.at("/status/addresses")) {
            if (address.path("type").asText().equals("InternalIP") && !shown.has("address")) {
                shown.put("address", address.path("address").asText());
            }
        }
        shown.set("troubles", troubles(node));
        var taints = shown.putArray("taints");
        node.at("/spec/taints")
                .forEach(taint -> taints.add(
                        taint.path("key").asText() + "=" + taint.path("value").asText() + ":"
                                + taint.path("effect").asText()));
        shown.set("capacity", amounts(node.at("/status/capacity")));
        shown.set("allocatable", amounts(node.at("/status/allocatable")));
        return shown;
    }

    private static ArrayNode troubles(ApiObject node) {
        var troubles = JsonNodeFactory.instance.arrayNode();
        for (var condition : node.at("/status/conditions")) {
            var ready = condition.path("type").asText().equals("Ready");
            if (condition.path("status").asText().equals(ready ? "False" : "True")
                    || condition.path("status").asText().equals("Unknown")) {
                troubles.add(condition.path("type").asText() + "="
                        + condition.path("status").asText() + ": "
                        + condition.path("message").asText());
            }
        }
        return troubles;
    }

    private static JsonNode amounts(JsonNode amounts) {
        return amounts.isObject() ? amounts : JsonNodeFactory.instance.objectNode();
    }

    private static boolean cordoned(ApiObject node) {
        return node.at("/spec/unschedulable").asBoolean();
    }
}
