package io.infraai.standalone.external;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** An MCP server with one tool, which takes calls and never answers them. */
final class SilentServer implements AutoCloseable {

    /** SHA-256 of {@code ["press","Presses the button",{"properties":{},"type":"object"}]}. */
    static final String PIN = "sha256:2f0c2bd4a907da3fb6964ba879bafdac01107095e7e0cd69d243619aeaf1f352";

    private final ObjectMapper json = new ObjectMapper();
    private final AtomicInteger calls = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final HttpServer http;

    SilentServer() {
        try {
            http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        http.createContext("/mcp", this::handle);
        http.start();
    }

    String url() {
        return "http://127.0.0.1:" + http.getAddress().getPort() + "/mcp";
    }

    int calls() {
        return calls.get();
    }

    private void handle(HttpExchange exchange) throws IOException {
        var message = json.readTree(exchange.getRequestBody());
        switch (message.path("method").asText()) {
            case "initialize" ->
                answer(exchange, message, "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{\"tools\":{}}}");
            case "tools/list" -> answer(exchange, message, """
                    {"tools":[{"name":"press","description":"Presses the button",
                     "inputSchema":{"type":"object","properties":{}}}]}""");
            case "tools/call" -> {
                calls.incrementAndGet();
                awaitClosing();
            }
            default -> send(exchange, 202, "");
        }
    }

    private void awaitClosing() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void answer(HttpExchange exchange, JsonNode message, String result) throws IOException {
        send(exchange, 200, "{\"jsonrpc\":\"2.0\",\"id\":" + message.path("id") + ",\"result\":" + result + "}");
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        try (exchange) {
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        closed.countDown();
        http.stop(0);
    }
}
