package io.infraai.simulators.grafana;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.infraai.simulators.http.HttpAnswer;
import io.infraai.simulators.http.HttpCall;
import io.infraai.simulators.http.HttpFault;
import io.infraai.simulators.http.LoopbackServer;

/** A Grafana on loopback: dashboards that were put there, and annotations. Thread-safe. */
public final class SimulatedGrafana implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BY_UID = "/api/dashboards/uid/";

    private static final String SHOP = """
            {"uid": "shop-overview", "title": "Shop overview", "tags": ["shop"], "schemaVersion": 39,
             "templating": {"list": [
               {"name": "namespace", "type": "query", "current": {"text": "shop", "value": "shop"}},
               {"name": "deployment", "type": "query", "multi": true, "includeAll": true,
                "current": {"text": ["All"], "value": ["$__all"]}}]},
             "panels": [
               {"id": 1, "type": "row", "title": "Pods", "panels": [
                 {"id": 2, "type": "timeseries", "title": "Restarts", "datasource": {"type": "prometheus", "uid": "prom"},
                  "targets": [{"refId": "A", "expr":
                    "sum(kube_pod_container_status_restarts_total{namespace=\\"$namespace\\"})"}]}]},
               {"id": 3, "type": "stat", "title": "Available", "datasource": null,
                "targets": [{"refId": "A", "expr":
                  "kube_deployment_status_replicas_available{namespace=\\"$namespace\\",deployment=~\\"$deployment\\"}"}]}]}
            """;

    private final LoopbackServer server;
    private final Map<String, ObjectNode> dashboards = new LinkedHashMap<>();
    private final List<ObjectNode> annotations = new ArrayList<>();

    private SimulatedGrafana(int port) {
        this.server = LoopbackServer.start(port, this::answer);
        dashboard(SHOP);
    }

    /**
     * With one dashboard, of the shop.
     *
     * @throws IllegalStateException when the port can't be had; 0 takes a free one
     */
    public static SimulatedGrafana start(int port) {
        return new SimulatedGrafana(port);
    }

    /** The base URL, without a trailing slash. */
    public String url() {
        return server.url();
    }

    /** Puts a dashboard there, as JSON with a {@code uid} and a {@code title}. */
    public void dashboard(String json) {
        var dashboard =
                parsed(json).orElseThrow(() -> new IllegalArgumentException("A dashboard is JSON, unlike " + json));
        synchronized (this) {
            dashboards.put(dashboard.path("uid").asText(), dashboard);
        }
    }

    /** Everything that was noted, as it was sent. */
    public synchronized List<JsonNode> annotations() {
        return List.copyOf(annotations);
    }

    /** The next call is struck. */
    public void inject(HttpFault fault) {
        server.inject(fault);
    }

    /** The next such call is struck. */
    public void inject(Predicate<HttpCall> which, HttpFault fault) {
        server.inject(which, fault);
    }

    public List<HttpCall> calls() {
        return server.calls();
    }

    @Override
    public void close() {
        server.close();
    }

    private synchronized HttpAnswer answer(HttpCall call) {
        if (call.method().equals("GET") && call.path().startsWith(BY_UID)) {
            return Optional.ofNullable(dashboards.get(call.path().substring(BY_UID.length())))
                    .map(SimulatedGrafana::shown)
                    .orElseGet(() -> problem(404, "Dashboard not found"));
        }
        return switch (call.method() + " " + call.path()) {
            case "GET /api/search" -> HttpAnswer.json(200, found(call));
            case "GET /api/annotations" -> HttpAnswer.json(200, annotated(call));
            case "POST /api/annotations" -> annotate(call.body());
            case "GET /api/health" ->
                HttpAnswer.json(
                        200,
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("database", "ok")
                                .put("version", "12.0.0")
                                .put("commit", "simulated"));
            default -> problem(404, "Not found");
        };
    }

    private static HttpAnswer shown(ObjectNode dashboard) {
        var body = JsonNodeFactory.instance.objectNode();
        body.set("dashboard", dashboard);
        body.putObject("meta")
                .put("url", "/d/" + dashboard.path("uid").asText())
                .put("folderTitle", "Simulated")
                .put("folderUid", "simulated")
                .put("updated", "2026-01-01T00:00:00Z");
        return HttpAnswer.json(200, body);
    }

    private ArrayNode found(HttpCall call) {
        var query = call.parameter("query").orElse("").toLowerCase(Locale.ROOT);
        var limit = call.parameter("limit").map(Integer::parseInt).orElse(1000);
        var found = JsonNodeFactory.instance.arrayNode();
        for (var dashboard : dashboards.values()) {
            var title = dashboard.path("title").asText();
            var tags =
                    dashboard.path("tags").valueStream().map(JsonNode::asText).toList();
            if (found.size() < limit
                    && title.toLowerCase(Locale.ROOT).contains(query)
                    && tags.containsAll(call.all("tag"))) {
                var uid = dashboard.path("uid").asText();
                found.addObject()
                        .put("uid", uid)
                        .put("title", title)
                        .put("url", "/d/" + uid)
                        .put("type", "dash-db")
                        .put("folderTitle", "Simulated")
                        .set("tags", dashboard.path("tags"));
            }
        }
        return found;
    }

    private ArrayNode annotated(HttpCall call) {
        var found = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < annotations.size(); i++) {
            var tags = annotations
                    .get(i)
                    .path("tags")
                    .valueStream()
                    .map(JsonNode::asText)
                    .toList();
            if (tags.containsAll(call.all("tags"))) {
                found.add(annotations.get(i).deepCopy().put("id", i + 1));
            }
        }
        return found;
    }

    private HttpAnswer annotate(String body) {
        var annotation = parsed(body).filter(sent -> !sent.path("text").asText().isEmpty());
        if (annotation.isEmpty()) {
            return problem(400, "Failed to save annotation: text field should not be empty");
        }
        annotations.add(annotation.get());
        return HttpAnswer.json(
                200,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("message", "Annotation added")
                        .put("id", annotations.size()));
    }

    private static HttpAnswer problem(int status, String message) {
        return HttpAnswer.json(status, JsonNodeFactory.instance.objectNode().put("message", message));
    }

    private static Optional<ObjectNode> parsed(String json) {
        try {
            return JSON.readTree(json) instanceof ObjectNode node ? Optional.of(node) : Optional.empty();
        } catch (JsonProcessingException _) {
            return Optional.empty();
        }
    }
}
