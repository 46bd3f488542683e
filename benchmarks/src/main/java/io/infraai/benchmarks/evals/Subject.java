package io.infraai.benchmarks.evals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** The InfraAI that is examined, over its HTTP API like anybody else. For one thread. */
final class Subject implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Longer than the chat's own deadline for an answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final HttpClient http = HttpClient.newHttpClient();
    private final String url;
    private final String key;
    private final List<ObjectNode> firing = new ArrayList<>();
    private final List<Long> policies = new ArrayList<>();

    /** An answer; what is no JSON is told as a text. */
    record Answer(int status, JsonNode body) {}

    Subject(String url, String key) {
        this.url = url;
        this.key = key;
    }

    boolean isReady() {
        try {
            return call("GET", "/q/health/ready", null).status() == 200;
        } catch (UncheckedIOException _) {
            return false;
        }
    }

    Answer ask(String session, String message) {
        return call(
                "POST",
                "/api/chat",
                JsonNodeFactory.instance.objectNode().put("session_id", session).put("message", message));
    }

    Answer get(String path) {
        return call("GET", path, null);
    }

    Answer decide(long approval, boolean agree) {
        var path = "/api/approvals/" + approval + (agree ? "/approve" : "/reject");
        return call("POST", path, JsonNodeFactory.instance.objectNode());
    }

    void policy(ObjectNode policy) {
        var answer = must(call("POST", "/api/policies", policy), 201);
        policies.add(answer.path("id").asLong());
    }

    void alert(Map<String, String> labels, Map<String, String> annotations) {
        var alert = JsonNodeFactory.instance.objectNode().put("status", "firing");
        labels.forEach(alert.putObject("labels")::put);
        annotations.forEach(alert.putObject("annotations")::put);
        alert.put("startsAt", Instant.now().toString())
                .put("endsAt", "0001-01-01T00:00:00Z")
                .put("generatorURL", "http://prometheus.example.com/graph")
                .put("fingerprint", "%016x".formatted(labels.hashCode()));
        firing.add(alert);
        post(alert);
    }

    boolean alerted() {
        return !firing.isEmpty();
    }

    /** Resolves what fires and deletes the policies, so that the next scenario starts without them. */
    void forget() {
        firing.forEach(alert -> {
            alert.put("status", "resolved").put("endsAt", Instant.now().toString());
            post(alert);
        });
        firing.clear();
        policies.forEach(id -> call("DELETE", "/api/policies/" + id, null));
        policies.clear();
    }

    /** In the body in which Alertmanager would send it. */
    private void post(ObjectNode alert) {
        var body = JsonNodeFactory.instance.objectNode();
        body.put("version", "4")
                .put("groupKey", "{}:{}")
                .put("truncatedAlerts", 0)
                .put("status", alert.path("status").asText())
                .put("receiver", "infraai")
                .put("externalURL", "http://alertmanager.example.com");
        body.putObject("groupLabels");
        body.putObject("commonLabels");
        body.putObject("commonAnnotations");
        body.putArray("alerts").add(alert);
        must(call("POST", "/api/alerts", body), 200);
    }

    private static JsonNode must(Answer answer, int status) {
        if (answer.status() != status) {
            throw new IllegalArgumentException("InfraAI answered " + answer);
        }
        return answer.body();
    }

    private Answer call(String method, String path, @Nullable JsonNode body) {
        var publisher = body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString());
        var request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .header("X-API-KEY", key)
                .method(method, publisher)
                .build();
        try {
            var answer = http.send(request, BodyHandlers.ofString());
            return new Answer(answer.statusCode(), parsed(answer.body()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode parsed(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException _) {
            return JsonNodeFactory.instance.textNode(body);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
