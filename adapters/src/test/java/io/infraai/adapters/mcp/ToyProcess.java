package io.infraai.adapters.mcp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

import com.fasterxml.jackson.databind.ObjectMapper;

/** An MCP server on standard input and output. */
final class ToyProcess {

    private ToyProcess() {}

    public static void main(String... args) throws IOException {
        var json = new ObjectMapper();
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (var line = in.readLine(); line != null; line = in.readLine()) {
            var message = json.readTree(line);
            switch (message.path("method").asText()) {
                case "initialize" -> out.println(ToyServer.answer(message, "{\"capabilities\":{}}"));
                case "tools/list" ->
                    out.println(ToyServer.answer(message, "{\"tools\":[" + ToyServer.ECHO.replace("\n", "") + "]}"));
                case "tools/call" -> {
                    var text = message.path("params")
                            .path("arguments")
                            .path("text")
                            .asText();
                    if (text.equals("die")) {
                        System.exit(1);
                    }
                    out.println(ToyServer.answer(
                            message,
                            "{\"content\":[{\"type\":\"text\",\"text\":\"" + text + " " + System.getenv(text)
                                    + "\"}]}"));
                }
                default -> {}
            }
        }
    }
}
