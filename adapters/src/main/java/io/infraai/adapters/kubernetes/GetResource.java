package io.infraai.adapters.kubernetes;

import java.time.Duration;

import jakarta.enterprise.context.ApplicationScoped;

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
class GetResource implements Tool.Reading<GetResource.Parameters> {

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

    private static final ToolSpec<Parameters> SPEC = new ToolSpec<>(
            "get_resource",
            "Reads one object of any kind, custom resources too; what secrets hold isn't shown",
            Parameters.class,
            Risk.READS,
            "",
            Duration.ofSeconds(20));

    private final NamedObjects objects;

    GetResource(NamedObjects objects) {
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
                        .<ToolResult>map(found -> new Done("Read " + place.shown(), ShownObject.of(found)))
                        .orElseGet(() -> new Failed(TARGET_NOT_FOUND, "There is no " + place.shown())));
    }
}
