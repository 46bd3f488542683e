package io.infraai.standalone.client;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.jspecify.annotations.Nullable;

/** Speaks with the gateway. */
final class Connection {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration CALL = Duration.ofSeconds(60);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();
    private final URI base;
    private final Path keyFile;

    Connection(URI base, Path keyFile) {
        this.base = base;
        this.keyFile = keyFile;
    }

    JsonNode get(String path) throws IOException, InterruptedException, Refused {
        return call("GET", path, null);
    }

    /** A list's items, from all its pages up to this many. */
    JsonNode list(String path, int most) throws IOException, InterruptedException, Refused {
        var items = JsonNodeFactory.instance.arrayNode();
        var next = "";
        do {
            var page =
                    get(path + (path.contains("?") ? "&" : "?") + "limit=" + Math.min(200, most - items.size()) + next);
            page.path("items").forEach(items::add);
            next = page.hasNonNull("next_cursor")
                    ? "&cursor=" + encoded(page.get("next_cursor").asText())
                    : "";
        } while (!next.isEmpty() && items.size() < most);
        return items;
    }

    JsonNode call(String method, String path, @Nullable JsonNode body, String... headers)
            throws IOException, InterruptedException, Refused {
        var request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(CALL)
                .header("Content-Type", "application/json")
                .header("X-API-KEY", Files.readString(keyFile).strip())
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString()));
        if (headers.length > 0) {
            request.headers(headers);
        }
        HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
        var answer = json(response.body());
        if (response.statusCode() >= 300) {
            throw new Refused(reason(response.statusCode(), answer.orElseGet(JsonNodeFactory.instance::objectNode)));
        }
        return answer.orElseThrow(() -> new Refused("the answer is no JSON: is it InfraAI that listens there?"));
    }

    /** A problem document's sentence, and what it says of fields, one a line. */
    private static String reason(int status, JsonNode problem) {
        var lines = new ArrayList<String>();
        lines.add(Stream.of("detail", "title")
                .map(member -> problem.path(member).asText())
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("it was answered with " + status));
        problem.path("errors")
                .forEach(each -> lines.add("  " + each.path("path").asText() + ": "
                        + each.path("message").asText()));
        return lines.stream().map(Screen::plain).collect(Collectors.joining("\n"));
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Nothing reads as an empty object. */
    private static Optional<JsonNode> json(String text) {
        try {
            return Optional.of(text.isBlank() ? JsonNodeFactory.instance.objectNode() : JSON.readTree(text));
        } catch (JsonProcessingException _) {
            return Optional.empty();
        }
    }
}
