package io.infraai.testkit.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.infraai.contracts.identity.Secret;

/** A Kubernetes API server as one of its users sees it, by another client than ours: what it says can be held against ours. */
public final class ApiServer {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http;
    private final URI url;
    private final Secret bearer;

    ApiServer(URI url, SSLContext trusted, Secret bearer) {
        this.http = HttpClient.newBuilder().sslContext(trusted).build();
        this.url = url;
        this.bearer = bearer;
    }

    /** What came back, whatever it was. */
    public record Answer(int code, JsonNode body) {

        JsonNode good() {
            if (code >= 300) {
                throw new IllegalStateException(code + " " + body);
            }
            return body;
        }
    }

    public JsonNode get(String path) {
        return send("GET", path, "", "").good();
    }

    /** Empty when there is nothing. */
    public Optional<JsonNode> find(String path) {
        var answer = send("GET", path, "", "");
        return answer.code() == 404 ? Optional.empty() : Optional.of(answer.good());
    }

    /** @param path of all objects of the kind */
    public JsonNode create(String path, String json) {
        return send("POST", path, "application/json", json).good();
    }

    public JsonNode merge(String path, String json) {
        return send("PATCH", path, "application/merge-patch+json", json).good();
    }

    public void delete(String path) {
        send("DELETE", path, "", "").good();
    }

    /** @param type of the body; empty without one */
    public Answer send(String method, String path, String type, String body) {
        var request = HttpRequest.newBuilder(url.resolve(path))
                .header("Authorization", "Bearer " + bearer.reveal())
                .timeout(Duration.ofSeconds(20))
                .method(method, type.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!type.isEmpty()) {
            request.header("Content-Type", type);
        }
        try {
            var answer = http.send(request.build(), BodyHandlers.ofString());
            return new Answer(answer.statusCode(), parsed(answer.body()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Some answers, as to whether it is ready, are plain words. */
    private static JsonNode parsed(String body) throws IOException {
        return body.startsWith("{")
                ? JSON.readTree(body)
                : JSON.getNodeFactory().textNode(body);
    }
}
