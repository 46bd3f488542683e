package io.infraai.benchmarks.start;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** A little of everything that InfraAI does, through its front door, so that all of it has run: alerts, a healing, a chat. */
final class Errand {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int BODIES = 20;
    private static final int ALERTS = 50;

    private static final String POLICY = """
            {"name":"Errand","mode":"auto","condition":{"labels":{"alertname":"Errand"}},
             "action":{"tool":"restart_deployment","params":{"deployment_name":"cart","namespace":"shop"}},
             "limits":{"cooldown":"1s","per_target_per_day":50}}""";

    private final HttpClient http;
    private final String url;
    private final String key;
    private final String run = Long.toString(System.nanoTime(), 36);

    private Errand(HttpClient http, String url, String key) {
        this.http = http;
        this.url = url;
        this.key = key;
    }

    /**
     * Returns once a deployment was restarted because of an alert.
     *
     * @param url of the gateway
     */
    static void run(String url, String key) {
        try (var http = HttpClient.newHttpClient()) {
            var errand = new Errand(http, url, key);
            // ready before the tools of the worker are known
            await(
                    "the worker's tools",
                    () -> errand.call("GET", "/api/tools", "").toString().contains("restart_deployment"));
            errand.call("POST", "/api/policies", POLICY);
            for (var body = 0; body < BODIES; body++) {
                errand.call("POST", "/api/alerts", errand.webhook("Unmatched", body * ALERTS, ALERTS));
            }
            errand.call("POST", "/api/alerts", errand.webhook("Errand", 0, 1));
            await("the healing", () -> errand.healed());
            errand.look();
        }
    }

    private boolean healed() {
        return call("GET", "/api/alerts?label=target=" + run + "-Errand-0", "")
                .at("/items/0/tasks/0/state")
                .asText()
                .equals("done");
    }

    private void look() {
        for (var path : new String[] {"/api/status", "/api/alerts", "/api/policies", "/api/tasks", "/api/keys"}) {
            call("GET", path, "");
        }
        for (var message : new String[] {"which alerts are firing?", "show the pods in shop", "hello"}) {
            call("POST", "/api/chat", "{\"session_id\":\"" + run + "\",\"message\":\"" + message + "\"}");
        }
    }

    private String webhook(String alertname, int first, int alerts) {
        var now = Instant.now();
        return IntStream.range(first, first + alerts)
                .mapToObj(number -> """
                        {"status":"firing","labels":{"alertname":"%2$s","namespace":"shop","target":"%1$s-%2$s-%3$d"},
                         "annotations":{"summary":"Seen at the start"},"startsAt":"%4$s","endsAt":"0001-01-01T00:00:00Z"}""".formatted(run, alertname, number, now))
                .collect(Collectors.joining(
                        ",", "{\"version\":\"4\",\"status\":\"firing\",\"receiver\":\"infraai\",\"alerts\":[", "]}"));
    }

    private JsonNode call(String method, String path, String body) {
        var request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .header("X-API-KEY", key)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        try {
            var answer = http.send(request, BodyHandlers.ofString());
            if (answer.statusCode() >= 400) {
                throw new IllegalStateException(method + " " + path + " answered " + answer.body());
            }
            return JSON.readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(method + " " + path + " answered no JSON", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void await(String what, BooleanSupplier arrived) {
        for (var until = System.nanoTime() + PATIENCE.toNanos(); !arrived.getAsBoolean(); ) {
            if (System.nanoTime() > until) {
                throw new IllegalStateException("In vain waited for " + what);
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }
}
