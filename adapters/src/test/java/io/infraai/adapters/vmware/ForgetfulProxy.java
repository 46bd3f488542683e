package io.infraai.adapters.vmware;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.jspecify.annotations.Nullable;

/** Stands before a server that speaks plain HTTP, and loses one request or its answer. */
final class ForgetfulProxy implements AutoCloseable {

    private record Loss(String operation, boolean ofTheAnswer) {}

    private static final List<String> PASSED_ON = List.of("Content-Type", "SOAPAction", "Cookie");

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI server;
    private final HttpServer proxy;
    private volatile @Nullable Loss loss;

    ForgetfulProxy(String url) throws IOException {
        server = URI.create(url);
        proxy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        proxy.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        proxy.createContext("/sdk", this::pass);
        proxy.start();
    }

    String url() {
        return "http://127.0.0.1:" + proxy.getAddress().getPort() + "/sdk";
    }

    /** The server never hears of it. */
    void loseRequest(String operation) {
        loss = new Loss(operation, false);
    }

    /** The server does it, and nobody hears of that. */
    void loseAnswer(String operation) {
        loss = new Loss(operation, true);
    }

    private void pass(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var struck = struckBy(body);
            if (struck.isPresent() && !struck.get().ofTheAnswer()) {
                return;
            }
            var answer = passedOn(exchange, body);
            if (struck.isPresent()) {
                return;
            }
            answer.headers()
                    .allValues("Set-Cookie")
                    .forEach(cookie -> exchange.getResponseHeaders().add("Set-Cookie", cookie));
            exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
            exchange.getResponseBody().write(answer.body());
        }
    }

    private Optional<Loss> struckBy(String body) {
        var struck = Optional.ofNullable(loss).filter(next -> body.contains("<" + next.operation() + " "));
        struck.ifPresent(_ -> loss = null);
        return struck;
    }

    private HttpResponse<byte[]> passedOn(HttpExchange exchange, String body) throws IOException {
        var request = HttpRequest.newBuilder(server).POST(BodyPublishers.ofString(body));
        PASSED_ON.forEach(header -> {
            var value = exchange.getRequestHeaders().getFirst(header);
            if (value != null) {
                request.header(header, value);
            }
        });
        try {
            return client.send(request.build(), BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    @Override
    public void close() {
        proxy.stop(0);
        client.close();
    }
}
