package io.infraai.adapters.kubernetes;

import java.time.Duration;
import java.util.ArrayList;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
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
class ListEvents implements Tool.Reading<ListEvents.Parameters> {

    record Parameters(
            @Parameter(
                    value = "Only this namespace; all of them when left out",
                    pattern = Parameter.DNS_LABEL,
                    maxLength = 63,
                    optional = true)
            @Nullable
            String namespace,

            @Parameter(value = "Only events about objects of this name", pattern = NamesObject.NAME, optional = true)
            @Nullable
            String objectName,

            @Parameter(value = "Normal or Warning; both when left out", pattern = "^(Normal|Warning)$", optional = true)
            @Nullable
            String type,

            @Parameter(
                    value = InCluster.DESCRIPTION,
                    pattern = Parameter.DNS_LABEL,
                    maxLength = 63,
                    optional = true,
                    defaultValue = Clusters.DEFAULT)
            @Nullable
            String cluster)
            implements InCluster {}

    private static final int SHOWN = 50;

    private static final ToolSpec<Parameters> SPEC = new ToolSpec<>(
            "events",
            "Lists what the cluster reported lately, the newest first",
            Parameters.class,
            Risk.READS,
            "",
            Duration.ofSeconds(20));

    private final Clusters clusters;

    ListEvents(Clusters clusters) {
        this.clusters = clusters;
    }

    @Override
    public ToolSpec<Parameters> spec() {
        return SPEC;
    }

    @Override
    public Uni<ToolResult> read(Parameters parameters, ToolContext context) {
        var namespace = parameters.namespace() == null ? "" : parameters.namespace();
        return clusters.result(
                parameters, context, api -> told(EventTimeline.newest(api, namespace, fields(parameters))));
    }

    private static ToolResult told(ApiPage page) {
        var detail = JsonNodeFactory.instance.objectNode();
        var events = EventTimeline.shown(page.items(), SHOWN);
        detail.set("events", events);
        var rest = page.items().size() - events.size() + page.rest().orElse(0);
        detail.put("rest", rest);
        return new Done(events.size() + " events" + (rest == 0 ? "" : " and " + rest + " more"), detail);
    }

    private static String fields(Parameters parameters) {
        var terms = new ArrayList<String>();
        if (parameters.objectName() != null) {
            terms.add("involvedObject.name=" + parameters.objectName());
        }
        if (parameters.type() != null) {
            terms.add("type=" + parameters.type());
        }
        return String.join(",", terms);
    }
}
