package io.infraai.standalone.kill;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.infraai.standalone.services.ServiceProcess;

/** A client in one session at one gateway, and all that it was told, in the order in which it came. */
final class Talk implements WebSocket.Listener, AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final List<JsonNode> frames = new CopyOnWriteArrayList<>();
    private final StringBuilder part = new StringBuilder();
    private Runnable leaving = () -> {};

    private Talk() {}

    /** Asks over a WebSocket. */
    static Talk overSocket(ServiceProcess gateway, String key, String session, String text) {
        var talk = new Talk();
        var socket = talk.open(gateway, key, "?session_id=" + session);
        socket.sendText(
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("type", "message")
                                .put("text", text)
                                .toString(),
                        true)
                .join();
        return talk;
    }

    /** Comes back over a WebSocket, with the number of the last frame it has. */
    static Talk back(ServiceProcess gateway, String key, String session, long after) {
        var talk = new Talk();
        talk.open(gateway, key, "?session_id=" + session + "&after=" + after);
        return talk;
    }

    /** Asks, and is told in server-sent events. */
    static Talk overEvents(ServiceProcess gateway, String key, String session, String text) {
        var body =
                JsonNodeFactory.instance.objectNode().put("session_id", session).put("message", text);
        return events(HttpRequest.newBuilder(gateway.at("/api/chat"))
                .header("Content-Type", "application/json")
                .header("Accept", "text/event-stream")
                .header("X-API-KEY", key)
                .POST(BodyPublishers.ofString(body.toString()))
                .build());
    }

    /** Comes back to server-sent events. */
    static Talk backToEvents(ServiceProcess gateway, String key, String session, long after) {
        return events(HttpRequest.newBuilder(gateway.at("/api/chat/" + session + "/events?after=" + after))
                .header("X-API-KEY", key)
                .build());
    }

    private static Talk events(HttpRequest request) {
        var talk = new Talk();
        var reading = Thread.startVirtualThread(() -> talk.read(request));
        talk.leaving = reading::interrupt;
        return talk;
    }

    private WebSocket open(ServiceProcess gateway, String key, String query) {
        var address = URI.create(gateway.at("/api/chat/ws" + query).toString().replaceFirst("http", "ws"));
        var socket = HTTP.newWebSocketBuilder()
                .header("X-API-KEY", key)
                .buildAsync(address, this)
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
        leaving = socket::abort;
        return socket;
    }

    private void read(HttpRequest request) {
        try (var lines = HTTP.send(request, BodyHandlers.ofLines()).body()) {
            lines.filter(line -> line.startsWith("data:")).forEach(line -> told(line.substring("data:".length())));
        } catch (IOException | UncheckedIOException _) {
            // it has left, or its gateway has
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
        part.append(text);
        if (last) {
            told(part.toString());
            part.setLength(0);
        }
        from.request(1);
        return CompletableFuture.completedStage(null);
    }

    private void told(String json) {
        try {
            frames.add(JSON.readTree(json));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<JsonNode> frames() {
        return List.copyOf(frames);
    }

    List<JsonNode> frames(String type) {
        return frames.stream()
                .filter(frame -> frame.path("type").asText().equals(type))
                .toList();
    }

    boolean has(String type) {
        return !frames(type).isEmpty();
    }

    /** Number of the last frame. */
    long seq() {
        return frames.getLast().path("seq").asLong();
    }

    /** The answer as it was written piece by piece, since an engine last began to. */
    String written() {
        var since = frames.stream()
                .filter(frame -> frame.path("type").asText().equals("started"))
                .reduce((_, later) -> later)
                .map(frames::indexOf)
                .orElse(0);
        return frames.stream()
                .skip(since)
                .filter(frame -> frame.path("type").asText().equals("token"))
                .map(frame -> frame.path("text").asText())
                .collect(Collectors.joining());
    }

    String reply() {
        return frames("done").stream()
                .map(frame -> frame.path("reply").asText())
                .collect(Collectors.joining("|"));
    }

    @Override
    public void close() {
        leaving.run();
    }
}
