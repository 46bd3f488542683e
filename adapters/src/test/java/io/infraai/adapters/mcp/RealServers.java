package io.infraai.adapters.mcp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.infraai.contracts.identity.TenantId;
import io.infraai.contracts.tool.Risk;
import io.infraai.contracts.tool.ToolContext;
import io.infraai.contracts.tool.ToolResult;

/** Short words for talking to a server that somebody else wrote. */
final class RealServers {

    static final Duration PATIENCE = Duration.ofSeconds(40);
    static final String NAME = "real";

    private static final ToolContext CONTEXT =
            new ToolContext(TenantId.DEFAULT, "test", "task-1", Instant.parse("2030-01-01T00:00:00Z"));

    private RealServers() {}

    /** All its tools as it describes them now, each accepted as one that only looks unless it is named. */
    static Configured accepting(Configured server, String... changing) {
        var accepted = server;
        for (var offer : offers(server).values()) {
            var risk = List.of(changing).contains(offer.name()) ? Risk.CHANGES : Risk.READS;
            accepted = accepted.accepting(offer.name(), risk, Optional.of(offer.pin()));
        }
        return accepted;
    }

    private static Map<String, Offer> offers(Configured server) {
        var connection = connection(server);
        try {
            ask(connection, "initialize", Rpc.initialize());
            connection.tell("notifications/initialized");
            var offers = new HashMap<String, Offer>();
            for (var tool : ask(connection, "tools/list", JsonNodeFactory.instance.objectNode())
                    .value()
                    .path("tools")) {
                offers.put(tool.path("name").asText(), Offer.of(tool));
            }
            return offers;
        } finally {
            connection.close();
        }
    }

    private static Connection connection(Configured server) {
        try {
            return server.url().isPresent()
                    ? new HttpConnection(new Destination(server.url().get()), Optional.empty())
                    : new ProcessConnection(
                            server.command().orElseThrow(),
                            new ProcessEnvironment(server.passed(), server.environmentFiles()));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Reply.Result ask(Connection connection, String method, ObjectNode params) {
        return (Reply.Result) connection.ask(method, params, PATIENCE).await().atMost(PATIENCE);
    }

    static McpServers refreshed(Configured server) {
        var servers = new McpServers(() -> Map.of(NAME, server), () -> {});
        refresh(servers);
        return servers;
    }

    static void refresh(McpServers servers) {
        servers.server(NAME).refresh().await().atMost(PATIENCE);
    }

    static ToolResult read(McpServers servers, String tool, String arguments) {
        var reading = (ExternalRead) servers.find(McpServers.nameOf(NAME, tool)).orElseThrow();
        return reading.read(arguments(arguments), CONTEXT).await().atMost(PATIENCE);
    }

    static ExternalArguments arguments(String json) {
        try {
            return new ExternalArguments((ObjectNode) new ObjectMapper().readTree(json));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** A server over HTTP in a process of its own. */
    record Running(Process process, URI url) implements AutoCloseable {

        static Running started(List<String> command, Path home) throws IOException {
            try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                return started(command, home, free.getLocalPort());
            }
        }

        static Running started(List<String> command, Path home, int port) throws IOException {
            var builder = new ProcessBuilder(command)
                    .directory(home.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(home.resolve("log").toFile());
            builder.environment().put("PORT", Integer.toString(port));
            return new Running(builder.start(), URI.create("http://127.0.0.1:" + port + "/mcp"));
        }

        @Override
        public void close() {
            process.destroyForcibly();
            process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
        }
    }
}
