package io.infraai.gateway.chat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.infraai.contracts.identity.Role;
import io.infraai.gateway.Gateway;
import io.infraai.gateway.Gateway.Answer;

/** Somebody with a key of their own, so that what one test asks doesn't count against another. */
record User(String id, String name, String key) {

    private static final ObjectMapper JSON = new ObjectMapper();

    static User with(Role role) {
        var name = "chat-" + UUID.randomUUID();
        var made = new Gateway()
                .post("/api/keys", "{\"name\":\"%s\",\"roles\":[\"%s\"]}".formatted(name, role.wire()))
                .expect(201)
                .body();
        return new User(made.path("id").asText(), name, made.path("key").asText());
    }

    void losesKey() {
        new Gateway().delete("/api/keys/" + id).expect(204);
    }

    static String message(String session, String text) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("session_id", session)
                .put("message", text)
                .toString();
    }

    Answer get(String path) {
        return new Gateway().send("GET", path, key, null);
    }

    Answer post(String path, String body) {
        return new Gateway().send("POST", path, key, body);
    }

    Answer delete(String path) {
        return new Gateway().send("DELETE", path, key, null);
    }

    CompletableFuture<Answer> asks(String session, String text) {
        return CompletableFuture.supplyAsync(() -> post("/api/chat", message(session, text)));
    }

    /** The frames of an event stream, to its end. */
    List<JsonNode> frames(HttpResponse<Stream<String>> stream) {
        var frames = new ArrayList<JsonNode>();
        stream.body().filter(line -> line.startsWith("data:")).forEach(line -> frames.add(json(line.substring(5))));
        return frames;
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    CompletableFuture<List<JsonNode>> asksForEvents(String session, String text) {
        var request = request("/api/chat")
                .header("Accept", "text/event-stream")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(message(session, text)))
                .build();
        return CompletableFuture.supplyAsync(() -> frames(lines(request)));
    }

    CompletableFuture<List<JsonNode>> follows(String session, long after) {
        var request =
                request("/api/chat/" + session + "/events?after=" + after).GET().build();
        return CompletableFuture.supplyAsync(() -> frames(lines(request)));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(Gateway.base() + path))
                .timeout(Duration.ofSeconds(20))
                .header("X-API-KEY", key);
    }

    private static HttpResponse<Stream<String>> lines(HttpRequest request) {
        try {
            return HttpClient.newHttpClient().send(request, BodyHandlers.ofLines());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
