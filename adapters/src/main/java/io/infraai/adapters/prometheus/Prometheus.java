package io.infraai.adapters.prometheus;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;

/** Asks Prometheus' HTTP API. */
@ApplicationScoped
public class Prometheus {

    private final PrometheusConfig config;
    private final ObjectMapper json;
    private final HttpClient http;

    Prometheus(PrometheusConfig config, ObjectMapper json) {
        this.config = config;
        this.json = json;
        this.http = HttpClient.newBuilder()
                .version(Version.HTTP_1_1)
                .followRedirects(Redirect.NEVER)
                .connectTimeout(config.timeout())
                .build();
    }

    /** The one value that the query yields now. Never fails: what went wrong is {@link Reading.None}. */
    public Uni<Reading> value(String query) {
        return config.url()
                .map(url -> ask(url, query))
                .orElseGet(() -> none("no Prometheus is configured (infraai.prometheus.url)"));
    }

    private Uni<Reading> ask(URI url, String query) {
        var base = url.toString().replaceAll("/+$", "");
        // POST, since long queries don't fit a URL
        var request = HttpRequest.newBuilder(URI.create(base + "/api/v1/query"))
                .timeout(config.timeout())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("query=" + URLEncoder.encode(query, StandardCharsets.UTF_8)))
                .build();
        return Uni.createFrom()
                .completionStage(() -> http.sendAsync(request, BodyHandlers.ofString()))
                .map(this::read)
                .onFailure()
                .recoverWithItem(failure -> new Reading.None("Prometheus gave no answer: " + failure.getMessage()));
    }

    private Reading read(HttpResponse<String> response) {
        try {
            var answer = json.readTree(response.body());
            if (!"success".equals(answer.path("status").asText())) {
                return new Reading.None("Prometheus answered " + response.statusCode() + ": "
                        + answer.path("error").asText("no reason given"));
            }
            return oneValue(answer.path("data"));
        } catch (JsonProcessingException _) {
            return new Reading.None("Prometheus answered " + response.statusCode() + " with something else than JSON");
        }
    }

    private static Reading oneValue(JsonNode data) {
        var result = data.path("result");
        return switch (data.path("resultType").asText()) {
            case "scalar" -> new Reading.Value(number(result.path(1)));
            case "vector" ->
                switch (result.size()) {
                    case 0 -> new Reading.None("the query yields nothing");
                    case 1 ->
                        new Reading.Value(number(result.get(0).path("value").path(1)));
                    default -> new Reading.None("the query yields " + result.size() + " series, not one");
                };
            default -> new Reading.None("the query yields no single value");
        };
    }

    private static double number(JsonNode value) {
        return switch (value.asText()) {
            case "+Inf", "Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            case String text -> Double.parseDouble(text);
        };
    }

    private static Uni<Reading> none(String why) {
        return Uni.createFrom().item(new Reading.None(why));
    }

    /** What a query yielded. */
    public sealed interface Reading {

        record Value(double value) implements Reading {}

        /**
         * @param why it yielded no value
         */
        record None(String why) implements Reading {}
    }
}
