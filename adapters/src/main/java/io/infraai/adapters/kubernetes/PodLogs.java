package io.infraai.adapters.kubernetes;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

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
import io.infraai.contracts.tool.ToolResult.Failed;
import io.infraai.contracts.tool.ToolSpec;

import static io.infraai.contracts.tool.FailureReason.INVALID_PARAMETERS;
import static io.infraai.contracts.tool.FailureReason.TARGET_NOT_FOUND;

@ApplicationScoped
class PodLogs implements Tool.Reading<PodLogs.Parameters> {

    record Parameters(
            @Parameter(value = "The pod's name", pattern = Parameter.DNS_SUBDOMAIN)
            String podName,

            @Parameter(value = "The namespace it is in", pattern = Parameter.DNS_LABEL, maxLength = 63)
            String namespace,

            @Parameter(
                    value = "Which of its containers; may be left out when there is one",
                    pattern = Parameter.DNS_LABEL,
                    maxLength = 63,
                    optional = true)
            @Nullable
            String container,

            @Parameter(value = "Of the run before the last restart", optional = true) @Nullable
            Boolean previous,

            @Parameter(
                    value = "Only the last time, as in 90s, 15m or 2h",
                    pattern = "^[1-9][0-9]{0,5}[smh]$",
                    optional = true)
            @Nullable
            String since,

            @Parameter(value = "The latest so many lines", min = 1, max = 2000, optional = true, defaultValue = "200")
            @Nullable
            Integer tail,

            @Parameter(value = "Only lines with this text, whatever its case", maxLength = 200, optional = true)
            @Nullable
            String grep,

            @Parameter(
                    value = InCluster.DESCRIPTION,
                    pattern = Parameter.DNS_LABEL,
                    maxLength = 63,
                    optional = true,
                    defaultValue = Clusters.DEFAULT)
            @Nullable
            String cluster)
            implements InCluster {

        ObjectPlace place() {
            return ApiKind.POD.named(namespace, podName);
        }

        int lines() {
            return tail == null ? 200 : tail;
        }
    }

    /** So many lines are looked through for a text. */
    private static final int SEARCHED = 5_000;

    private static final int LARGEST_ANSWER = 1_024 * 1_024;
    private static final int LARGEST_SHOWN = 32 * 1_024;

    private static final ToolSpec<Parameters> SPEC = new ToolSpec<>(
            "pod_logs",
            "Reads what a container wrote, the latest lines, or those with a text",
            Parameters.class,
            Risk.READS,
            "",
            Duration.ofSeconds(20));

    private final Clusters clusters;

    PodLogs(Clusters clusters) {
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
                api -> api.get(parameters.place())
                        .map(pod -> read(api, pod, parameters))
                        .orElseGet(() -> new Failed(
                                TARGET_NOT_FOUND,
                                "There is no " + parameters.place().shown())));
    }

    private static ToolResult read(KubernetesApi api, ApiObject pod, Parameters parameters) {
        var names = containers(pod);
        var asked = parameters.container();
        if (asked == null && names.size() == 1) {
            return shown(names.getFirst(), log(api, names.getFirst(), parameters), parameters);
        }
        return asked != null && names.contains(asked)
                ? shown(asked, log(api, asked, parameters), parameters)
                : new Failed(INVALID_PARAMETERS, "Say which container: the pod has " + String.join(", ", names));
    }

    private static List<String> containers(ApiObject pod) {
        var names = new ArrayList<String>();
        for (var field : List.of("containers", "initContainers", "ephemeralContainers")) {
            pod.at("/spec")
                    .path(field)
                    .forEach(each -> names.add(each.path("name").asText()));
        }
        return names;
    }

    /** Without the client's own way to read logs, which waits for a pod that isn't ready. */
    private static String log(KubernetesApi api, String container, Parameters parameters) {
        var query = new StringBuilder("?container=").append(container);
        query.append("&tailLines=").append(parameters.grep() == null ? parameters.lines() : SEARCHED);
        query.append("&limitBytes=").append(LARGEST_ANSWER);
        if (Boolean.TRUE.equals(parameters.previous())) {
            query.append("&previous=true");
        }
        if (parameters.since() != null) {
            query.append("&sinceSeconds=").append(seconds(parameters.since()));
        }
        return api.log(parameters.place(), query.toString());
    }

    private static long seconds(String since) {
        var count = Long.parseLong(since.substring(0, since.length() - 1));
        return switch (since.charAt(since.length() - 1)) {
            case 'h' -> count * 3_600;
            case 'm' -> count * 60;
            default -> count;
        };
    }

    private static ToolResult shown(String container, String log, Parameters parameters) {
        var wanted = parameters.grep() == null ? "" : parameters.grep().toLowerCase(Locale.ROOT);
        var found = log.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).contains(wanted))
                .toList();
        var lines = new ArrayDeque<String>();
        var size = 0;
        for (var line : found.reversed()) {
            size += line.length() + 1;
            if (lines.size() == parameters.lines() || size > LARGEST_SHOWN) {
                break;
            }
            lines.addFirst(line);
        }
        var detail = JsonNodeFactory.instance
                .objectNode()
                .put("container", container)
                .put("truncated", lines.size() < found.size())
                .put("log", String.join("\n", lines));
        return new Done(lines.size() + " lines of container " + container + " in pod " + parameters.podName(), detail);
    }
}
