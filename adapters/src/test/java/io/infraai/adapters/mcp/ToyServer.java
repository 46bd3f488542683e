package io.infraai.adapters.mcp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** An MCP server over streamable HTTP, and what it was asked. */
final class ToyServer implements AutoCloseable {

    static final String ECHO = tool("echo", "Says what it is told");

    private final ObjectMapper json = new ObjectMapper();
    private final HttpServer http;
    private final List<JsonNode> messages = new CopyOnWriteArrayList<>();
    private final List<String> credentials = new CopyOnWriteArrayList<>();
    private volatile String tools = ECHO;
    private volatile Call call = ToyServer::echo;

    /** What a call of a tool does. */
    interface Call {
        void answer(HttpExchange exchange, JsonNode message) throws IOException;
    }

    private ToyServer(int port) {
        try {
            http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        http.createContext("/mcp", this::handle);
        http.start();
    }

    static ToyServer started() {
        return new ToyServer(0);
    }

    static ToyServer startedAt(URI url) {
        return new ToyServer(url.getPort());
    }

    static String tool(String name, String description) {
        return """
                {"name":"%s","description":"%s","inputSchema":{"type":"object",
                 "properties":{"text":{"type":"string","pattern":"(?<x>.)"}},"required":["text"]}}""".formatted(name, description);
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort() + "/mcp");
    }

    void offer(String... described) {
        tools = String.join(",", described);
    }

    void onCall(Call behaviour) {
        call = behaviour;
    }

    long calls() {
        return messages.stream()
                .filter(it -> it.path("method").asText().equals("tools/call"))
                .count();
    }

    List<JsonNode> messages() {
        return messages;
    }

    List<String> credentials() {
        return credentials;
    }

    private void handle(HttpExchange exchange) throws IOException {
        var message = json.readTree(exchange.getRequestBody());
        messages.add(message);
        credentials.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
        switch (message.path("method").asText()) {
            case "initialize" -> {
                exchange.getResponseHeaders().set("Mcp-Session-Id", "s-1");
                result(exchange, message, "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{\"tools\":{}}}");
            }
            case "tools/list" -> result(exchange, message, "{\"tools\":[" + tools + "]}");
            case "tools/call" -> call.answer(exchange, message);
            default -> send(exchange, 202, "application/json", "");
        }
    }

    static void echo(HttpExchange exchange, JsonNode message) throws IOException {
        text(
                exchange,
                message,
                message.path("params").path("arguments").path("text").asText());
    }

    static void text(HttpExchange exchange, JsonNode message, String text) throws IOException {
        result(exchange, message, "{\"content\":[{\"type\":\"text\",\"text\":\"" + text + "\"}]}");
    }

    static void result(HttpExchange exchange, JsonNode message, String result) throws IOException {
        send(exchange, 200, "application/json", answer(message, result));
    }

    static String answer(JsonNode message, String result) {
        return "{\"jsonrpc\":\"2.0\",\"id\":" + message.path("id") + ",\"result\":" + result + "}";
    }

    static void send(HttpExchange exchange, int status, String type, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        try (exchange) {
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
