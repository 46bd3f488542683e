package io.infraai.simulators.prometheus;

import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What Prometheus tells of itself: metadata, targets and alerts. */
final class StateApi {

    private static final Map<String, String> HELP = Map.of(
            "kube_pod_container_status_restarts_total", "The number of container restarts per container.",
            "kube_deployment_spec_replicas", "Number of desired pods for a deployment.");

    private final SimulatedPrometheus prometheus;

    StateApi(SimulatedPrometheus prometheus) {
        this.prometheus = prometheus;
    }

    ObjectNode metadata(Optional<String> asked) {
        var names = new TreeSet<String>();
        prometheus.series().forEach(series -> names.add(series.metric()));
        var data = JsonNodeFactory.instance.objectNode();
        // Prometheus makes "up" up itself and so has no metadata for it
        names.stream()
                .filter(name -> !name.equals("up") && asked.map(name::equals).orElse(true))
                .forEach(name -> data.putArray(name)
                        .addObject()
                        .put("type", name.endsWith("_total") ? "counter" : "gauge")
                        .put("help", HELP.getOrDefault(name, ""))
                        .put("unit", ""));
        return data;
    }

    /** One for each series {@code up}. */
    ObjectNode targets() {
        var data = JsonNodeFactory.instance.objectNode();
        var active = data.putArray("activeTargets");
        data.putArray("droppedTargets");
        for (var series : prometheus.series()) {
            if (!series.metric().equals("up")) {
                continue;
            }
            var url = "http://" + series.label("instance") + "/metrics";
            var up = series.value() == 1;
            var target = active.addObject();
            target.putObject("discoveredLabels").put("__address__", series.label("instance"));
            series.labels().forEach(target.putObject("labels")::put);
            target.put("scrapePool", series.label("job"))
                    .put("scrapeUrl", url)
                    .put("globalUrl", url)
                    .put("lastError", up ? "" : "Get \"" + url + "\": dial tcp: connect: connection refused")
                    .put("lastScrape", "2026-01-01T00:00:00.000000001Z")
                    .put("lastScrapeDuration", 0.002)
                    .put("health", up ? "up" : "down")
                    .put("scrapeInterval", "15s")
                    .put("scrapeTimeout", "10s");
        }
        return data;
    }

    ObjectNode alerts() {
        var data = JsonNodeFactory.instance.objectNode();
        var all = data.putArray("alerts");
        for (var alert : prometheus.alerts()) {
            var node = all.addObject();
            alert.labels().forEach(node.putObject("labels")::put);
            alert.annotations().forEach(node.putObject("annotations")::put);
            node.put("state", alert.state())
                    .put("activeAt", "2026-01-01T00:00:00.000000001Z")
                    .put("value", "1e+00");
        }
        return data;
    }
}
