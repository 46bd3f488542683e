package io.infraai.gateway.chat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.JsonNode;

import io.infraai.gateway.Gateway;

import static org.assertj.core.api.Assertions.assertThat;

/** A client of the WebSocket. */
final class Socket implements WebSocket.Listener {

    private final boolean reads;
    private final BlockingQueue<JsonNode> frames = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder part = new StringBuilder();
    private final WebSocket socket;

    private Socket(String query, boolean reads, String... headers) {
        this.reads = reads;
        var builder = HttpClient.newHttpClient().newWebSocketBuilder().connectTimeout(Duration.ofSeconds(10));
        for (int i = 0; i < headers.length; i += 2) {
            if (headers[i].equals("Sec-WebSocket-Protocol")) {
                builder.subprotocols("infraai.chat.v1", headers[i + 1]);
            } else {
                builder.header(headers[i], headers[i + 1]);
            }
        }
        var address = URI.create(Gateway.base().toString().replaceFirst("http", "ws") + "/api/chat/ws" + query);
        this.socket = builder.buildAsync(address, this)
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }

    static Socket of(User user, String query) {
        return new Socket(query, true, "X-API-KEY", user.key());
    }

    static Socket with(String query, String... headers) {
        return new Socket(query, true, headers);
    }

    static Socket thatDoesNotRead(User user, String query) {
        return new Socket(query, false, "X-API-KEY", user.key());
    }

    @Override
    public void onOpen(WebSocket opened) {
        if (reads) {
            opened.request(Long.MAX_VALUE);
        }
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
        part.append(text);
        if (last) {
            frames.add(User.json(part.toString()));
            part.setLength(0);
        }
        return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
        closed.complete(status);
        return CompletableFuture.completedStage(null);
    }

    @Override
    public void onError(WebSocket from, Throwable failure) {
        closed.completeExceptionally(failure);
    }

    String protocol() {
        return socket.getSubprotocol();
    }

    Socket say(String text) {
        socket.sendText(text, true).join();
        return this;
    }

    Socket ask(String text) {
        return say("{\"type\":\"message\",\"text\":\"" + text + "\"}");
    }

    /** The next frame, which must be of this type. */
    JsonNode expect(String type) {
        try {
            var frame = frames.poll(10, TimeUnit.SECONDS);
            assertThat(frame).as("a frame " + type).isNotNull();
            assertThat(frame.path("type").asText()).as(frame.toString()).isEqualTo(type);
            return frame;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    void expectNothing() {
        assertThat(frames).isEmpty();
    }

    int code() {
        return closed.orTimeout(10, TimeUnit.SECONDS).join();
    }

    /** Begins to read. */
    void read() {
        socket.request(Long.MAX_VALUE);
    }

    void leave() {
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
        code();
    }

    void breakOff() {
        socket.abort();
    }
}
