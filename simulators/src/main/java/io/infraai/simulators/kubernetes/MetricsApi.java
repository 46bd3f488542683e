package io.infraai.simulators.kubernetes;

import java.time.InstantSource;
import java.util.Optional;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What a metrics-server adds to the API: made-up usages that follow from the pods' names. Used under the cluster's lock only. */
final class MetricsApi {

    private static final String ROOT = "/apis/metrics.k8s.io/v1beta1/";

    private static final Pattern NAMESPACED = Pattern.compile("namespaces/([^/]+)/pods");

    private final ObjectStore store;
    private final InstantSource clock;
    private boolean served = true;

    MetricsApi(ObjectStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    void serve(boolean now) {
        served = now;
    }

    /** Empty when the path is none of it. */
    Optional<ObjectNode> at(String path) {
        if (!served || !path.startsWith(ROOT)) {
            return Optional.empty();
        }
        var asked = path.substring(ROOT.length());
        if (asked.equals("nodes")) {
            return Optional.of(nodes());
        }
        if (asked.equals("pods")) {
            return Optional.of(pods(""));
        }
        var namespaced = NAMESPACED.matcher(asked);
        return namespaced.matches() ? Optional.of(pods(namespaced.group(1))) : Optional.empty();
    }

    private ObjectNode nodes() {
        var list = list("NodeMetricsList");
        for (var node : store.list(ResourceKind.NODE, "")) {
            var name = node.key().name();
            long millicores = 100;
            for (var pod : store.list(ResourceKind.POD, null)) {
                if (Json.text(pod.json(), "spec", "nodeName").equals(name)) {
                    millicores += millicores(pod);
                }
            }
            usage(measured(items(list), node), millicores);
        }
        return list;
    }

    private ObjectNode pods(String namespace) {
        var list = list("PodMetricsList");
        for (var pod : store.list(ResourceKind.POD, namespace.isEmpty() ? null : namespace)) {
            if (pod.at("status", "phase").asText().equals("Running")) {
                var containers = measured(items(list), pod).putArray("containers");
                usage(
                        containers
                                .addObject()
                                .put(
                                        "name",
                                        pod.at("spec", "containers")
                                                .path(0)
                                                .path("name")
                                                .asText()),
                        millicores(pod));
            }
        }
        return list;
    }

    private static ObjectNode list(String kind) {
        var list = Json.object().put("kind", kind).put("apiVersion", "metrics.k8s.io/v1beta1");
        list.putObject("metadata");
        list.putArray("items");
        return list;
    }

    private static ArrayNode items(ObjectNode list) {
        return list.withArrayProperty("items");
    }

    private ObjectNode measured(ArrayNode items, Stored object) {
        var item = items.addObject();
        var metadata = item.putObject("metadata").put("name", object.key().name());
        if (object.key().kind().namespaced()) {
            metadata.put("namespace", object.key().namespace());
        }
        return item.put("timestamp", Json.time(clock.instant())).put("window", "15s");
    }

    private static void usage(ObjectNode item, long millicores) {
        item.putObject("usage").put("cpu", millicores * 1_000_000 + "n").put("memory", millicores * 1_024 + "Ki");
    }

    private static long millicores(Stored pod) {
        return 5L + Math.floorMod(pod.key().name().hashCode(), 200);
    }
}
