package io.infraai.testkit.trace;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** Takes spans in over OTLP/HTTP, as OpenTelemetry's collector, Tempo and Jaeger do, and keeps them. */
public final class Collector implements AutoCloseable {

    private static final long ERROR = 2;

    private final List<Span> spans = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    private Collector(HttpServer server) {
        this.server = server;
    }

    public static Collector start() {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            var collector = new Collector(server);
            server.createContext("/v1/traces", collector::take);
            server.start();
            return collector;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What {@code OTEL_EXPORTER_OTLP_ENDPOINT} is set to. */
    public String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The spans of a trace in the order in which they began. */
    public List<Span> trace(String id) {
        return spans.stream()
                .filter(span -> span.trace().equals(id))
                .sorted(Comparator.comparingLong(Span::start))
                .toList();
    }

    public List<Span> spans(Predicate<Span> which) {
        return spans.stream().filter(which).toList();
    }

    /** A trace as text: each span below the one it is a part of, indented, with its service. */
    public String tree(String id) {
        var all = trace(id);
        var known = all.stream().map(Span::id).collect(Collectors.toSet());
        var text = new StringBuilder();
        all.stream().filter(span -> !known.contains(span.parent())).forEach(root -> write(root, all, "", text));
        return text.toString();
    }

    private static void write(Span span, List<Span> all, String indent, StringBuilder text) {
        text.append(indent)
                .append(span.name())
                .append("  [")
                .append(span.service())
                .append("]\n");
        all.stream()
                .filter(each -> each.parent().equals(span.id()))
                .forEach(each -> write(each, all, indent + "  ", text));
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = exchange.getRequestBody().readAllBytes();
            if ("gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"))) {
                body = new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes();
            }
            for (var resource : new ProtocolBuffer(body).messages(1)) {
                var service = attributes(resource.message(1), 1).getOrDefault("service.name", "");
                for (var scope : resource.messages(2)) {
                    scope.messages(2).forEach(span -> spans.add(span(service, span)));
                }
            }
            exchange.getResponseHeaders().add("Content-Type", "application/x-protobuf");
            exchange.sendResponseHeaders(200, -1);
        }
    }

    private static Span span(String service, ProtocolBuffer span) {
        return new Span(
                service,
                span.hex(1),
                span.hex(2),
                span.hex(4),
                span.text(5),
                attributes(span, 9),
                span.messages(13).stream().map(link -> link.hex(1)).toList(),
                span.number(7),
                span.message(15).number(3) == ERROR);
    }

    private static Map<String, String> attributes(ProtocolBuffer message, int field) {
        Map<String, String> attributes = new HashMap<>();
        for (var attribute : message.messages(field)) {
            var value = attribute.message(2);
            attributes.put(attribute.text(1), value.has(1) ? value.text(1) : Long.toString(value.number(3)));
        }
        return attributes;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
