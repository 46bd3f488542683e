package io.infraai.adapters.kubernetes;

import java.time.Duration;

import jakarta.enterprise.context.ApplicationScoped;

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

import static io.infraai.contracts.tool.FailureReason.TARGET_NOT_FOUND;

@ApplicationScoped
class DeleteResource implements Tool.Guarded<DeleteResource.Parameters, DeleteResource.ObjectIdentity> {

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

    record ObjectIdentity(String uid) {}

    private static final ToolSpec<Parameters> SPEC = new ToolSpec<>(
            "delete_resource",
            "Deletes one object of any kind and what it owns",
            Parameters.class,
            Risk.DESTROYS,
            "k8s:{cluster}/{namespace}/{kind}/{name}",
            Duration.ofSeconds(20));

    private final NamedObjects objects;

    DeleteResource(NamedObjects objects) {
        this.objects = objects;
    }

    @Override
    public ToolSpec<Parameters> spec() {
        return SPEC;
    }

    @Override
    public Class<ObjectIdentity> identity() {
        return ObjectIdentity.class;
    }

    @Override
    public Uni<Identified<ObjectIdentity>> identify(Parameters parameters, ToolContext context) {
        return objects.identified(
                parameters,
                context,
                (api, place) -> api.get(place)
                        .<Identified<ObjectIdentity>>map(
                                found -> new Identified.Found<>(new ObjectIdentity(found.uid())))
                        .orElseGet(
                                () -> Identified.NotFound.because(TARGET_NOT_FOUND, "There is no " + place.shown())));
    }

    @Override
    public String describe(Parameters parameters, ObjectIdentity target) {
        return "Delete " + parameters.kind() + " " + parameters.name()
                + (parameters.namespace() == null ? "" : " in " + parameters.namespace()) + " (uid " + target.uid()
                + ") and what it owns";
    }

    @Override
    public Uni<Rehearsal> rehearse(Parameters parameters, ObjectIdentity target, ToolContext context) {
        return objects.rehearsed(
                parameters,
                context,
                (api, place) -> DryRun.of(
                        api,
                        place,
                        current -> current.uid().equals(target.uid()),
                        current -> api.delete(place, current.uid(), true)));
    }

    @Override
    public Uni<ToolResult> apply(Parameters parameters, ObjectIdentity target, ToolContext context) {
        return objects.result(parameters, context, (api, place) -> switch (settled(api, place, target)) {
            case Settlement.Happened _ -> new Done(place.shown() + " was gone already");
            case Settlement.NeverHappened _, Settlement.StillUnknown _ -> {
                api.delete(place, target.uid(), false);
                yield new Done("Deleted " + place.shown());
            }
        });
    }

    @Override
    public Uni<Settlement> settle(Parameters parameters, ObjectIdentity target, ToolContext context) {
        return objects.settled(parameters, context, (api, place) -> settled(api, place, target));
    }

    private static Settlement settled(KubernetesApi api, ObjectPlace place, ObjectIdentity target) {
        var object = api.get(place).filter(it -> it.uid().equals(target.uid()));
        if (object.isEmpty()) {
            return new Settlement.Happened("that " + place.kind().lowerCase() + " is gone");
        }
        return object.get().terminating()
                ? new Settlement.Happened("that " + place.kind().lowerCase() + " is being deleted")
                : new Settlement.NeverHappened("that " + place.kind().lowerCase() + " is still there");
    }
}
