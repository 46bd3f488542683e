package io.infraai.gateway.mcp;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

import io.infraai.gateway.Gateway;
import io.infraai.gateway.Gateway.Answer;

import static org.assertj.core.api.Assertions.assertThat;

/** A client of the MCP server, with the key of one caller. */
final class McpClient {

    static final String INITIALIZE = """
            {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25",
             "capabilities":{},"clientInfo":{"name":"test","version":"1"}}}""";

    private final Gateway gateway = new Gateway();
    private final String key;
    private @Nullable String session;

    McpClient(String key) {
        this.key = key;
    }

    /** One that has shaken hands. */
    static McpClient initialized(String key) {
        var client = new McpClient(key);
        client.session = client.post(INITIALIZE).expect(200).header("Mcp-Session-Id");
        assertThat(client.session).isNotBlank();
        client.post("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}")
                .expect(202);
        return client;
    }

    String session() {
        return Objects.requireNonNull(session);
    }

    Answer post(String body, String... headers) {
        return send("POST", body, headers);
    }

    Answer send(String method, @Nullable String body, String... headers) {
        var all = new ArrayList<>(List.of("Accept", "application/json, text/event-stream"));
        if (session != null) {
            all.addAll(List.of("Mcp-Session-Id", session));
        }
        all.addAll(List.of(headers));
        return gateway.send(method, "/mcp", key.isEmpty() ? null : key, body, all.toArray(String[]::new));
    }

    Answer request(String method, String params, String... headers) {
        return post(
                "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"%s\",\"params\":%s}".formatted(method, params), headers);
    }

    /** The result of calling a tool. */
    JsonNode call(String tool, String arguments) {
        return called(tool, arguments).expect(200).body().path("result");
    }

    Answer called(String tool, String arguments) {
        return request("tools/call", "{\"name\":\"%s\",\"arguments\":%s}".formatted(tool, arguments));
    }
}
