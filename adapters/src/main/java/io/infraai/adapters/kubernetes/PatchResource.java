package io.infraai.adapters.kubernetes;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
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

import static io.infraai.contracts.tool.FailureReason.INVALID_PARAMETERS;
import static io.infraai.contracts.tool.FailureReason.TARGET_NOT_FOUND;

@ApplicationScoped
class PatchResource implements Tool.Guarded<PatchResource.Parameters, GuardedWrite.Self> {

    record Parameters(
            @Parameter(value = NamesObject.KIND_DESCRIPTION, pattern = NamesObject.KIND, maxLength = 63)
            String kind,

            @Parameter(value = "Its name", pattern = NamesObject.NAME)
            String name,

            @Parameter(value = "A merge patch as JSON, e.g. {\"spec\":{\"paused\":true}}", maxLength = 32768)
            String patch,

            @Parameter(
                    value = NamesObject.NAMESPACE_DESCRIPTION,
                    pattern = Parameter.DNS_LABEL,
                    maxLength = 63,
                    optional = true,
                    defaultValue = NamesObject.NO_NAMESPACE)
            @Nullable
            String namespace,

            @Parameter(
                    value = "merge, or strategic to merge lists of named things; strategic isn't for custom resources",
                    pattern = "^(merge|strategic)$",
                    optional = true,
                    defaultValue = "merge")
            @Nullable
            String type,

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
            implements NamesObject {

        PatchType patchType() {
            return "strategic".equals(type) ? PatchType.STRATEGIC_MERGE : PatchType.JSON_MERGE;
        }
    }

    private static final int SHOWN = 500;

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final ToolSpec<Parameters> SPEC = new ToolSpec<>(
            "patch_resource",
            "Patches one object of any kind, tried at the server first",
            Parameters.class,
            Risk.CHANGES,
            "k8s:{cluster}/{namespace}/{kind}/{name}",
            Duration.ofSeconds(20));

    private final NamedObjects objects;

    PatchResource(NamedObjects objects) {
        this.objects = objects;
    }

    @Override
    public ToolSpec<Parameters> spec() {
        return SPEC;
    }

    @Override
    public Class<GuardedWrite.Self> identity() {
        return GuardedWrite.Self.class;
    }

    @Override
    public Uni<Identified<GuardedWrite.Self>> identify(Parameters parameters, ToolContext context) {
        return objects.identified(parameters, context, (api, place) -> {
            var patch = parsed(parameters.patch());
            if (patch.isEmpty()) {
                return Identified.NotFound.because(INVALID_PARAMETERS, "The patch is no JSON object");
            }
            var current = api.get(place);
            if (current.isEmpty()) {
                return Identified.NotFound.because(TARGET_NOT_FOUND, "There is no " + place.shown());
            }
            DryRun.tried(() -> api.patch(place, parameters.patchType(), parameters.patch(), true));
            return new Identified.Found<>(GuardedWrite.Self.of(current.get()));
        });
    }

    @Override
    public String describe(Parameters parameters, GuardedWrite.Self target) {
        var patch = parameters.patch();
        var shown = parameters.kind().equals("secret")
                ? "what it sets isn't shown"
                : patch.length() <= SHOWN ? patch : patch.substring(0, SHOWN) + "…";
        return "Patch " + parameters.kind() + " " + parameters.name()
                + (parameters.namespace() == null ? "" : " in " + parameters.namespace()) + ": " + shown;
    }

    @Override
    public Uni<Rehearsal> rehearse(Parameters parameters, GuardedWrite.Self target, ToolContext context) {
        return objects.rehearsed(
                parameters,
                context,
                (api, place) -> GuardedWrite.rehearsed(api, place, target, patching(parameters, place)));
    }

    @Override
    public Uni<ToolResult> apply(Parameters parameters, GuardedWrite.Self target, ToolContext context) {
        return objects.result(
                parameters,
                context,
                (api, place) -> GuardedWrite.attempt(api, place, target, patching(parameters, place)));
    }

    @Override
    public Uni<Settlement> settle(Parameters parameters, GuardedWrite.Self target, ToolContext context) {
        return objects.settled(
                parameters,
                context,
                (api, place) -> GuardedWrite.settled(api, place, target.uid(), patching(parameters, place)));
    }

    private static GuardedWrite.Change patching(Parameters parameters, ObjectPlace place) {
        return new GuardedWrite.Change() {
            @Override
            public Optional<ToolResult> already(KubernetesApi api, ApiObject current) {
                var tried = api.patch(place, parameters.patchType(), parameters.patch(), true);
                return bare(tried).equals(bare(current))
                        ? Optional.of(new Done(place.shown() + " is as patched", ShownObject.of(current)))
                        : Optional.empty();
            }

            @Override
            public ToolResult make(KubernetesApi api, ApiObject current, boolean dryRun) {
                var patch = parsed(parameters.patch()).orElseThrow();
                metadata(patch).put("resourceVersion", current.resourceVersion());
                var patched = api.patch(place, parameters.patchType(), patch.toString(), dryRun);
                return new Done("Patched " + place.shown(), ShownObject.of(patched));
            }
        };
    }

    /** Without what the server counts itself. */
    private static ObjectNode bare(ApiObject object) {
        var bare = object.json().deepCopy();
        bare.remove("status");
        metadata(bare).remove(List.of("resourceVersion", "generation", "managedFields"));
        return bare;
    }

    private static ObjectNode metadata(ObjectNode object) {
        return object.path("metadata") instanceof ObjectNode present ? present : object.putObject("metadata");
    }

    private static Optional<ObjectNode> parsed(String patch) {
        try {
            return JSON.readTree(patch) instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
        } catch (JsonProcessingException _) {
            return Optional.empty();
        }
    }
}
