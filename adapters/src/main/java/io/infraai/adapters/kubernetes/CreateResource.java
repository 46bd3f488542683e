package io.infraai.adapters.kubernetes;

import java.time.Duration;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
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

import static io.infraai.contracts.tool.FailureReason.INVALID_PARAMETERS;
import static io.infraai.contracts.tool.FailureReason.TARGET_CHANGED;

@ApplicationScoped
class CreateResource implements Tool.Guarded<CreateResource.Parameters, CreateResource.Gap> {

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

            @Parameter(value = "The object as JSON; its kind and name may be left out", maxLength = 65536)
            String manifest,

            @Parameter(
                    value = InCluster.DESCRIPTION,
                    pattern = Parameter.DNS_LABEL,
                    maxLength = 63,
                    optional = true,
                    defaultValue = Clusters.DEFAULT)
            @Nullable
            String cluster)
            implements NamesObject {}

    /** Where there was nothing when it was looked at. */
    record Gap(String apiVersion, String plural) {}

    /** Tells what this task made from what somebody else did. */
    private static final String TASK = "infraai.io/task";

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final ToolSpec<Parameters> SPEC = new ToolSpec<>(
            "create_resource",
            "Creates one object of any kind, tried at the server first",
            Parameters.class,
            Risk.DESTROYS,
            "k8s:{cluster}/{namespace}/{kind}/{name}",
            Duration.ofSeconds(20));

    private final NamedObjects objects;

    CreateResource(NamedObjects objects) {
        this.objects = objects;
    }

    @Override
    public ToolSpec<Parameters> spec() {
        return SPEC;
    }

    @Override
    public Class<Gap> identity() {
        return Gap.class;
    }

    @Override
    public Uni<Identified<Gap>> identify(Parameters parameters, ToolContext context) {
        return objects.identified(parameters, context, (api, place) -> {
            var object = object(parameters, place, context);
            if (object.isEmpty()) {
                return Identified.NotFound.because(
                        INVALID_PARAMETERS, "The manifest is no JSON object of this kind, name and namespace");
            }
            if (api.get(place).isPresent()) {
                return Identified.NotFound.because(INVALID_PARAMETERS, "There is " + place.shown() + " already");
            }
            DryRun.tried(() -> api.create(place, object.get(), true));
            return new Identified.Found<>(
                    new Gap(place.kind().apiVersion(), place.kind().plural()));
        });
    }

    /** Without the manifest, which may hold a secret. */
    @Override
    public String describe(Parameters parameters, Gap target) {
        return "Create " + parameters.kind() + " " + parameters.name()
                + (parameters.namespace() == null ? "" : " in " + parameters.namespace());
    }

    @Override
    public Uni<Rehearsal> rehearse(Parameters parameters, Gap target, ToolContext context) {
        return objects.rehearsed(
                parameters,
                context,
                (api, place) -> new Rehearsal.Possible(
                        DryRun.tried(() -> api.create(
                                place, object(parameters, place, context).orElseThrow(), true)),
                        JsonNodeFactory.instance.objectNode().put("object", "There is no " + place.shown() + " yet")));
    }

    @Override
    public Uni<ToolResult> apply(Parameters parameters, Gap target, ToolContext context) {
        return objects.result(parameters, context, (api, place) -> {
            var present = api.get(place);
            if (present.isPresent()) {
                return made(present.get(), context)
                        ? new Done(place.shown() + " was created already")
                        : new Failed(TARGET_CHANGED, "Somebody else created " + place.shown());
            }
            var created = api.create(place, object(parameters, place, context).orElseThrow(), false);
            return new Done("Created " + place.shown(), ShownObject.of(created));
        });
    }

    @Override
    public Uni<Settlement> settle(Parameters parameters, Gap target, ToolContext context) {
        return objects.settled(
                parameters,
                context,
                (api, place) -> api.get(place).filter(it -> made(it, context)).isPresent()
                        ? new Settlement.Happened(place.shown() + " is there")
                        : new Settlement.NeverHappened(place.shown() + " isn't there, or is somebody else's"));
    }

    private static boolean made(ApiObject object, ToolContext context) {
        return object.annotation(TASK).equals(context.correlationId());
    }

    /** Empty when the manifest can't be read, or names something else than the arguments do. */
    private static Optional<ObjectNode> object(Parameters parameters, ObjectPlace place, ToolContext context) {
        if (!(parsed(parameters.manifest()) instanceof ObjectNode object)
                || !agrees(object, "kind", place.kind().kind())
                || !agrees(object, "apiVersion", place.kind().apiVersion())
                || !(object.path("metadata").isMissingNode()
                        || object.path("metadata").isObject())) {
            return Optional.empty();
        }
        object.put("kind", place.kind().kind()).put("apiVersion", place.kind().apiVersion());
        var metadata = object.withObjectProperty("metadata");
        if (!agrees(metadata, "name", place.name())
                || !agrees(metadata, "namespace", place.namespace())
                || !(metadata.path("annotations").isMissingNode()
                        || metadata.path("annotations").isObject())) {
            return Optional.empty();
        }
        metadata.put("name", place.name());
        if (place.kind().namespaced()) {
            metadata.put("namespace", place.namespace());
        }
        metadata.withObjectProperty("annotations").put(TASK, context.correlationId());
        return Optional.of(object);
    }

    private static boolean agrees(ObjectNode object, String field, String named) {
        return !object.has(field) || object.path(field).asText().equals(named);
    }

    private static @Nullable JsonNode parsed(String manifest) {
        try {
            return JSON.readTree(manifest);
        } catch (JsonProcessingException _) {
            return null;
        }
    }
}
