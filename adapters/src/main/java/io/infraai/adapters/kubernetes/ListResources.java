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
class ListResources implements Tool.Reading<ListResources.Parameters> {

    record Parameters(
            @Parameter(value = NamesObject.KIND_DESCRIPTION, pattern = NamesObject.KIND, maxLength = 63)
            String kind,

            @Parameter(
                    value = "Only this namespace; all of them when left out",
                    pattern = Parameter.DNS_LABEL,
                    maxLength = 63,
                    optional = true)
            @Nullable
            String namespace,

            @Parameter(
                    value = "Only objects with these labels, e.g. app=web,tier!=cache",
                    pattern = "^[A-Za-z0-9_.,=!() /-]*$",
                    maxLength = 500,
                    optional = true)
            @Nullable
            String selector,

            @Parameter(value = NamesObject.API_VERSION_DESCRIPTION, pattern = NamesObject.API_VERSION, optional = true)
            @Nullable
            String apiVersion,

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
            "list_resources",
            "Lists objects of any kind with their state, and says how many more there are",
            Parameters.class,
            Risk.READS,
            "",
            Duration.ofSeconds(20));

    private final Clusters clusters;

    ListResources(Clusters clusters) {
        this.clusters = clusters;
    }

    @Override
    public ToolSpec<Parameters> spec() {
        return SPEC;
    }

    @Override
    public Uni<ToolResult> read(Parameters parameters, ToolContext context) {
        return clusters.result(
                parameters,
                context,
                api -> NamedObjects.withKind(
                        api,
                        parameters.kind(),
                        parameters.apiVersion(),
                        kind -> listed(api, kind, parameters),
                        failed -> failed));
    }

    private static ToolResult listed(KubernetesApi api, ApiKind kind, Parameters parameters) {
        var namespace = parameters.namespace() == null || !kind.namespaced() ? "" : parameters.namespace();
        var page = api.list(kind, namespace, ListQuery.first(LIMIT).labelled(parameters.selector()));
        var detail = JsonNodeFactory.instance.objectNode().put("truncated", page.truncated());
        page.rest().ifPresent(rest -> detail.put("rest", rest));
        var items = detail.putArray("items");
        page.items().forEach(item -> items.add(outline(item)));
        return new Done(items.size() + " of kind " + kind.lowerCase() + page.more(), detail);
    }

    private static ObjectNode outline(ApiObject object) {
        var outline = JsonNodeFactory.instance.objectNode();
        putIfSaid(outline, "namespace", object.at("/metadata/namespace"));
        putIfSaid(outline, "name", object.at("/metadata/name"));
        putIfSaid(outline, "created", object.at("/metadata/creationTimestamp"));
        putIfSaid(outline, "phase", object.at("/status/phase"));
        putIfSaid(outline, "replicas", object.at("/spec/replicas"));
        putIfSaid(outline, "ready_replicas", object.at("/status/readyReplicas"));
        if (object.terminating()) {
            outline.put("terminating", true);
        }
        var conditions = object.at("/status/conditions");
        if (!conditions.isEmpty()) {
            var shown = outline.putObject("conditions");
            conditions.forEach(condition -> shown.put(
                    condition.path("type").asText(), condition.path("status").asText()));
        }
        return outline;
    }

    private static void putIfSaid(ObjectNode outline, String field, JsonNode value) {
        if (value.isValueNode()) {
            outline.set(field, value);
        }
    }
}
