package io.infraai.adapters.kubernetes;

import java.time.Duration;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
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
import io.infraai.contracts.tool.ToolResult.Failed;
import io.infraai.contracts.tool.ToolSpec;

import static io.infraai.contracts.tool.FailureReason.TARGET_NOT_FOUND;

@ApplicationScoped
class DescribeResource implements Tool.Reading<DescribeResource.Parameters> {

    record Parameters(
            @Parameter(value = NamesObject.KIND_DESCRIPTION, pattern = NamesObject.KIND, maxLength = 63)
            String kind,

            @Parameter(value = "Its name", pattern = NamesObject.NAME)
            String name,

            @Parameter(
                    value = NamesObject.NAMESPACE_DESCRIPTION,
                    pattern = Parameter.DNS_LABEL,
                    maxLength = 63,
                    optional = true,
                    defaultValue = NamesObject.NO_NAMESPACE)
            @Nullable
            String namespace,

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
            implements NamesObject {}

    private static final int EVENTS = 20;

    /** Owners own each other in chains of three or four; more would be a loop. */
    private static final int OWNERS = 6;

    private static final ToolSpec<Parameters> SPEC = new ToolSpec<>(
            "describe",
            "Shows an object with its conditions, its latest events and what it belongs to",
            Parameters.class,
            Risk.READS,
            "",
            Duration.ofSeconds(30));

    private final NamedObjects objects;

    DescribeResource(NamedObjects objects) {
        this.objects = objects;
    }

    @Override
    public ToolSpec<Parameters> spec() {
        return SPEC;
    }

    @Override
    public Uni<ToolResult> read(Parameters parameters, ToolContext context) {
        return objects.result(
                parameters,
                context,
                (api, place) -> api.get(place)
                        .<ToolResult>map(found -> new Done("Described " + place.shown(), described(api, found)))
                        .orElseGet(() -> new Failed(TARGET_NOT_FOUND, "There is no " + place.shown())));
    }

    private static ObjectNode described(KubernetesApi api, ApiObject object) {
        var detail = JsonNodeFactory.instance.objectNode();
        detail.set("object", ShownObject.of(object));
        detail.set("conditions", Observation.conditions(object));
        detail.set("owners", owners(api, object));
        var events = EventTimeline.newest(api, object.namespace(), Observation.about(object));
        detail.set("events", EventTimeline.shown(events.items(), EVENTS));
        return detail;
    }

    private static ArrayNode owners(KubernetesApi api, ApiObject object) {
        var chain = JsonNodeFactory.instance.arrayNode();
        var next = object.controller();
        while (next.isPresent() && chain.size() < OWNERS) {
            var reference = next.get();
            chain.add(reference.path("kind").asText() + "/"
                    + reference.path("name").asText());
            next = owner(api, object.namespace(), reference).flatMap(ApiObject::controller);
        }
        return chain;
    }

    /** Nodes own pods too, without being in their namespace. */
    private static Optional<ApiObject> owner(KubernetesApi api, String namespace, JsonNode reference) {
        return api.kinds()
                .find(
                        reference.path("kind").asText(),
                        reference.path("apiVersion").asText())
                .flatMap(kind -> api.get(kind.named(
                        kind.namespaced() ? namespace : "",
                        reference.path("name").asText())));
    }
}
