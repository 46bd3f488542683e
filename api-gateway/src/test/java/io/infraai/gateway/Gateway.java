package io.infraai.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

import io.infraai.contracts.identity.Role;

import static org.assertj.core.api.Assertions.assertThat;

/** The running gateway as its clients meet it. */
public final class Gateway {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<Role, String> KEYS = new HashMap<>();

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    /** An answer, its body read as JSON if it is some. */
    public record Answer(int status, HttpResponse<byte[]> response, JsonNode body) {

        public @Nullable String header(String name) {
            return response.headers().firstValue(name).orElse(null);
        }

        public Answer expect(int expected) {
            assertThat(status).as(() -> "Answer: " + body).isEqualTo(expected);
            return this;
        }

        public Answer expectProblem(int expected, String code) {
            expect(expected);
            assertThat(header("Content-Type")).startsWith("application/problem+json");
            assertThat(body.path("code").asText()).isEqualTo(code);
            assertThat(body.path("status").asInt()).isEqualTo(expected);
            for (var member : new String[] {"type", "title", "detail", "instance", "request_id"}) {
                assertThat(body.path(member).asText()).as(member).isNotBlank();
            }
            assertThat(body.toString()).doesNotContain("Exception", "java.", "io.infraai", "at io.", "\\tat ");
            return this;
        }
    }

    public static URI base() {
        return URI.create(ConfigProvider.getConfig().getValue("test.url", String.class));
    }

    /** The key with every role, made at the first start. */
    public static String adminKey() {
        var file = Path.of("target/keys/admin.key");
        eventually(() -> Files.exists(file));
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A key that has this role and no other. */
    public static synchronized String keyOf(Role role) {
        return KEYS.computeIfAbsent(
                role,
                wanted -> new Gateway()
                        .post(
                                "/api/keys",
                                "{\"name\":\"test-%s\",\"roles\":[\"%s\"]}".formatted(wanted.wire(), wanted.wire()))
                        .expect(201)
                        .body()
                        .path("key")
                        .asText());
    }

    public static void eventually(BooleanSupplier holds) {
        var deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!holds.getAsBoolean()) {
            assertThat(System.nanoTime()).as("still waiting").isLessThan(deadline);
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    /** Until the gateway knows all that {@code AdvertisedTools} offers. */
    public void awaitTools() {
        eventually(() -> get("/api/tools").body().path("items").size() == 5);
    }

    public Answer get(String path) {
        return send("GET", path, adminKey(), null);
    }

    public Answer post(String path, String json) {
        return send("POST", path, adminKey(), json);
    }

    public Answer put(String path, String json, String... headers) {
        return send("PUT", path, adminKey(), json, headers);
    }

    public Answer delete(String path, String... headers) {
        return send("DELETE", path, adminKey(), null, headers);
    }

    public Answer send(String method, String path, @Nullable String key, @Nullable String json, String... headers) {
        var all = Arrays.stream(headers).collect(Collectors.toList());
        if (key != null) {
            all.add("X-API-KEY");
            all.add(key);
        }
        if (json != null && !all.contains("Content-Type")) {
            all.add("Content-Type");
            all.add("application/json");
        }
        return exchange(method, path, json == null ? new byte[0] : json.getBytes(StandardCharsets.UTF_8), all);
    }

    private Answer exchange(String method, String path, byte[] body, java.util.List<String> headers) {
        var request = HttpRequest.newBuilder(URI.create(base() + path))
                .timeout(Duration.ofSeconds(20))
                .method(method, body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        for (int i = 0; i < headers.size(); i += 2) {
            request.header(headers.get(i), headers.get(i + 1));
        }
        try {
            var response = http.send(request.build(), BodyHandlers.ofByteArray());
            return new Answer(response.statusCode(), response, json(response));
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode json(HttpResponse<byte[]> response) throws IOException {
        var type = response.headers().firstValue("Content-Type").orElse("");
        return type.contains("json") && response.body().length > 0
                ? JSON.readTree(response.body())
                : JSON.getNodeFactory().textNode(new String(response.body(), StandardCharsets.UTF_8));
    }
}
