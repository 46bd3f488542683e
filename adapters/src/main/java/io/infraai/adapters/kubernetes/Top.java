package io.infraai.adapters.kubernetes;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Quantity;
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
class Top implements Tool.Reading<Top.Parameters> {

    record Parameters(
            @Parameter(value = "pods or nodes", pattern = "^(pods|nodes)$", maxLength = 5)
            String what,

            @Parameter(
                    value = "Only this namespace; all of them when left out",
                    pattern = Parameter.DNS_LABEL,
                    maxLength = 63,
                    optional = true)
            @Nullable
            String namespace,

            @Parameter(
                    value = InCluster.DESCRIPTION,
                    pattern = Parameter.DNS_LABEL,
                    maxLength = 63,
                    optional = true,
                    defaultValue = Clusters.DEFAULT)
            @Nullable
            String cluster)
            implements InCluster {

        String path() {
            return namespace == null || what.equals("nodes")
                    ? METRICS + "/" + what
                    : METRICS + "/namespaces/" + namespace + "/" + what;
        }
    }

    private record Usage(String namespace, String name, double cores, double bytes) {}

    private static final String METRICS = "/apis/metrics.k8s.io/v1beta1";
    private static final int SHOWN = 50;

    private static final ToolSpec<Parameters> SPEC = new ToolSpec<>(
            "top",
            "Shows which pods or nodes use the most processor time, with their memory",
            Parameters.class,
            Risk.READS,
            "",
            Duration.ofSeconds(15));

    private final Clusters clusters;

    Top(Clusters clusters) {
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
                api -> api.read(parameters.path())
                        .map(list -> told(parameters.what(), list.path("items")))
                        .orElseGet(() -> new Failed(
                                TARGET_NOT_FOUND,
                                "The cluster serves no metrics API (metrics.k8s.io): no metrics-server is installed")));
    }

    private static ToolResult told(String what, JsonNode items) {
        var usages = new ArrayList<Usage>();
        items.forEach(item -> usages.add(usage(item)));
        usages.sort(Comparator.comparingDouble(Usage::cores).reversed());
        var detail = JsonNodeFactory.instance.objectNode();
        var shown = detail.putArray(what);
        usages.stream().limit(SHOWN).forEach(usage -> shown.add(shown(usage)));
        detail.put("rest", usages.size() - shown.size());
        return new Done("The busiest " + shown.size() + " of " + usages.size() + " " + what, detail);
    }

    private static Usage usage(JsonNode item) {
        var metadata = item.path("metadata");
        var cores = amount(item.path("usage").path("cpu"));
        var bytes = amount(item.path("usage").path("memory"));
        for (var container : item.path("containers")) {
            cores += amount(container.path("usage").path("cpu"));
            bytes += amount(container.path("usage").path("memory"));
        }
        return new Usage(
                metadata.path("namespace").asText(""), metadata.path("name").asText(), cores, bytes);
    }

    private static double amount(JsonNode quantity) {
        return quantity.isTextual()
                ? Quantity.parse(quantity.textValue()).getNumericalAmount().doubleValue()
                : 0;
    }

    private static ObjectNode shown(Usage usage) {
        var shown = JsonNodeFactory.instance.objectNode();
        if (!usage.namespace().isEmpty()) {
            shown.put("namespace", usage.namespace());
        }
        return shown.put("name", usage.name())
                .put("cpu_millicores", Math.round(usage.cores() * 1_000))
                .put("memory_mebibytes", Math.round(usage.bytes() / (1_024 * 1_024)));
    }
}
