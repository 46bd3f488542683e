package io.infraai.standalone.chat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/** Speaks with the gateway. */
final class ChatConnection {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration SHORT_CALL = Duration.ofSeconds(10);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();
    private final ChatOptions options;

    ChatConnection(ChatOptions options) {
        this.options = options;
    }

    /** A refusal, said in a sentence. */
    static final class Refused extends Exception {

        private static final long serialVersionUID = 1;

        Refused(String message) {
            super(message);
        }
    }

    /** What happens, as it does, until the turn has ended. */
    Stream<JsonNode> ask(String session, String message) throws IOException, InterruptedException, Refused {
        var body =
                JsonNodeFactory.instance.objectNode().put("session_id", session).put("message", message);
        var request = request("/api/chat")
                .header("Accept", "text/event-stream")
                .POST(BodyPublishers.ofString(body.toString()))
                .build();
        var response = http.send(request, BodyHandlers.ofLines());
        if (response.statusCode() != 200) {
            throw new Refused(reason(response.statusCode(), response.body().collect(Collectors.joining())));
        }
        return response.body()
                .filter(line -> line.startsWith("data:"))
                .map(line -> json(line.substring("data:".length())));
    }

    /** Stops the turn that the session began last, also one that no engine has begun yet. */
    void cancel(String session) throws IOException, InterruptedException, Refused {
        var request = request("/api/chat/" + session + "?limit=1")
                .timeout(SHORT_CALL)
                .GET()
                .build();
        var latest = json(http.send(request, BodyHandlers.ofString()).body())
                .path("turns")
                .path(0);
        if (latest.hasNonNull("turn_url")) {
            post(latest.path("turn_url").asText() + "/cancel");
        }
    }

    /** Posts nothing but the wish itself. */
    void post(String path) throws IOException, InterruptedException, Refused {
        var request = request(path)
                .timeout(SHORT_CALL)
                .POST(BodyPublishers.ofString("{}"))
                .build();
        HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
        if (response.statusCode() >= 300) {
            throw new Refused(reason(response.statusCode(), response.body()));
        }
    }

    private HttpRequest.Builder request(String path) throws IOException {
        return HttpRequest.newBuilder(URI.create(options.base() + path))
                .header("Content-Type", "application/json")
                .header("X-API-KEY", Files.readString(options.keyFile()).strip());
    }

    private static String reason(int status, String problem) {
        var detail = json(problem).path("detail").asText();
        return detail.isEmpty() ? "It was answered with " + status : detail;
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return JsonNodeFactory.instance.objectNode();
        }
    }
}
