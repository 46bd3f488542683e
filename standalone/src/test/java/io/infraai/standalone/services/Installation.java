package io.infraai.standalone.services;

import java.io.IOException;
import java.io.UncheckedIOException;
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
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiFunction;
import java.util.function.Function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.infraai.embedded.EmbeddedServers;
import io.infraai.simulators.kubernetes.SimulatedCluster;

import static org.awaitility.Awaitility.await;

/** PostgreSQL, Redis, a simulated cluster, and the services as processes of their own; workers come and go with each test. */
public final class Installation implements AutoCloseable {

    /** What was built just now. */
    public static final Path PRESENT = ServiceProcess.PRESENT;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Longer than a gateway keeps anybody waiting, which is 30 s for an answer of the chat. */
    private static final Duration LONGEST_CALL = Duration.ofSeconds(40);

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http = HttpClient.newHttpClient();
    private final EmbeddedServers servers = EmbeddedServers.temporary();
    private final SimulatedCluster cluster = SimulatedCluster.start();
    private final Path keyFile = servers.directory().resolve("admin.key");
    private final Path build;
    private final BiFunction<EmbeddedServers, String, Map<String, String>> settings;
    private ServiceProcess gateway;
    private ServiceProcess healing;

    public Installation() {
        this(PRESENT);
    }

    /**
     * @param build whose services run, on the schema of the present one
     */
    public Installation(Path build) {
        this(build, (_, _) -> Map.of());
    }

    /**
     * @param settings what each service is told besides, by its module
     */
    public Installation(Function<String, Map<String, String>> settings) {
        this(PRESENT, (_, module) -> settings.apply(module));
    }

    /**
     * @param settings what each service is told besides, by the servers that come along and its module
     */
    public Installation(Path build, BiFunction<EmbeddedServers, String, Map<String, String>> settings) {
        this.build = build;
        this.settings = settings;
        if (!build.equals(PRESENT)) {
            migrate();
        }
        // the present gateway migrates; healing finds the schema as it wants it, and starts beside the worker
        gateway = gateway(Map.of()).ready();
        healing = newHealing();
        advertiseTools();
        healing.ready();
    }

    private void migrate() {
        start(PRESENT, "healing", Map.of()).ready().close();
    }

    /** Ends the gateway and healing, as an operator does before the database is touched. */
    public void stop() {
        gateway.close();
        healing.close();
    }

    /** Starts them again, and leaves the schema as it is. */
    public void restart() {
        gateway = start(build, "api-gateway", Map.of("quarkus.flyway.migrate-at-start", "false"))
                .ready();
        healing = start(build, "healing", Map.of("quarkus.flyway.migrate-at-start", "false"))
                .ready();
    }

    /** A service of any build, on this one's servers and cluster. */
    public ServiceProcess start(Path of, String module, Map<String, String> more) {
        Map<String, String> properties = new HashMap<>(more);
        if (!of.equals(PRESENT)) {
            properties.put("quarkus.flyway.migrate-at-start", "false");
        }
        return ServiceProcess.start(of, module, properties(module, properties));
    }

    /** A policy can be saved once some worker has told what it can do. */
    private void advertiseTools() {
        try (var _ = worker(Map.of())) {
            await().atMost(PATIENCE).until(() -> get("/api/tools").path("items").size() >= 4);
        }
    }

    public SimulatedCluster cluster() {
        return cluster;
    }

    public EmbeddedServers servers() {
        return servers;
    }

    /** Those that run as long as this does. */
    public List<ServiceProcess> services() {
        return List.of(gateway, healing);
    }

    /** The one that is always there. */
    public ServiceProcess gateway() {
        return gateway;
    }

    /** The one that is always there. */
    public ServiceProcess healing() {
        return healing;
    }

    public ServiceProcess newHealing() {
        return start(build, "healing", Map.of());
    }

    public ServiceProcess gateway(Map<String, String> more) {
        return start(build, "api-gateway", more);
    }

    /** One that listens where it is told to. */
    public ServiceProcess gateway(int port) {
        return ServiceProcess.start(build, "api-gateway", port, properties("api-gateway", Map.of()));
    }

    public Path keyFile() {
        return keyFile;
    }

    /** With a lease short enough for a test to wait for its end. */
    public ServiceProcess worker(Map<String, String> more) {
        return worker(build, more);
    }

    public ServiceProcess worker(Path of, Map<String, String> more) {
        return workerAtItsStart(of, more).ready();
    }

    /** The same, without waiting until it can work. */
    public ServiceProcess workerAtItsStart(Map<String, String> more) {
        return workerAtItsStart(build, more);
    }

    private ServiceProcess workerAtItsStart(Path of, Map<String, String> more) {
        Map<String, String> properties = new HashMap<>(Map.of(
                "infraai.worker.lease", "2s",
                "infraai.worker.heartbeat", "500ms",
                "infraai.worker.ring-again", "1s"));
        properties.putAll(more);
        return start(of, "worker", properties);
    }

    public ServiceProcess engine() {
        return engine(Map.of());
    }

    /** With a lease short enough for a test to wait for its end. */
    public ServiceProcess engine(Map<String, String> more) {
        return engine(build, more);
    }

    public ServiceProcess engine(Path of, Map<String, String> more) {
        Map<String, String> properties = new HashMap<>(Map.of(
                "infraai.agent.lease", "2s", "infraai.agent.heartbeat", "500ms", "infraai.agent.ring-again", "1s"));
        properties.putAll(more);
        return start(of, "engine", properties).ready();
    }

    public URI at(String path) {
        return gateway.at(path);
    }

    private Map<String, String> properties(String module, Map<String, String> more) {
        Map<String, String> properties = new HashMap<>(servers.asProperties());
        properties.putAll(Map.of(
                "infraai.kubernetes.url", cluster.url(),
                "infraai.policies.default-mode", "auto",
                "infraai.admin-key-all-roles", "true",
                "infraai.admin-key-file", keyFile.toString(),
                "infraai.api-key-pepper-file",
                        servers.directory().resolve("pepper").toString()));
        properties.putAll(settings.apply(servers, module));
        properties.putAll(more);
        return properties;
    }

    public void policy(String alertname, String action) {
        policy(alertname, "auto", action);
    }

    public void policy(String alertname, String mode, String action) {
        var answer = post("/api/policies", """
                {"name":"%1$s","mode":"%2$s","condition":{"labels":{"alertname":"%1$s"}},"action":%3$s}""".formatted(alertname, mode, action));
        if (answer.statusCode() != 201) {
            throw new IllegalStateException("The policy was not saved: " + answer.body());
        }
    }

    public static String webhook(String alertname, String target) {
        return """
                {"version":"4","status":"firing","receiver":"infraai","alerts":[{"status":"firing",
                 "labels":{"alertname":"%s","namespace":"shop","target":"%s"},
                 "startsAt":"%s","endsAt":"0001-01-01T00:00:00Z"}]}""".formatted(alertname, target, Instant.now());
    }

    public JsonNode fire(String alertname, String target) {
        var answer = post(gateway, "/api/alerts", webhook(alertname, target));
        if (answer.statusCode() != 200) {
            throw new IllegalStateException("The alert was not taken: " + answer.statusCode() + " " + answer.body());
        }
        return read(answer.body());
    }

    /** The end of the alert that {@link #fire} began. */
    public void resolve(String alertname, String target) {
        var answer = post(
                gateway,
                "/api/alerts",
                webhook(alertname, target)
                        .replace("\"firing\"", "\"resolved\"")
                        .replace("0001-01-01T00:00:00Z", Instant.now().toString()));
        if (read(answer.body()).path("resolved").asInt() != 1) {
            throw new IllegalStateException("The end was not taken: " + answer.body());
        }
    }

    public HttpResponse<String> post(String path, String body) {
        return post(gateway, path, body);
    }

    public HttpResponse<String> post(ServiceProcess service, String path, String body) {
        return send(HttpRequest.newBuilder(service.at(path)).POST(BodyPublishers.ofString(body)));
    }

    /** What is answered, whatever the status. */
    public JsonNode ask(String path, String body) {
        return read(post(gateway, path, body).body());
    }

    public JsonNode get(String path) {
        return read(send(HttpRequest.newBuilder(gateway.at(path)).GET()).body());
    }

    /** The task that came of the alert for this target, once it stands in that state. */
    public JsonNode task(String target, String state) {
        return await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> task(target), task -> task.path("state").asText().equals(state));
    }

    private JsonNode task(String target) {
        var label = URLEncoder.encode("target=" + target, StandardCharsets.UTF_8);
        return get("/api/alerts?label=" + label)
                .path("items")
                .path(0)
                .path("tasks")
                .path(0);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(
                    request.header("Content-Type", "application/json")
                            .header("X-API-KEY", Files.readString(keyFile).strip())
                            .timeout(LONGEST_CALL)
                            .build(),
                    BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private JsonNode read(String body) {
        try {
            return json.readTree(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static String unique(String prefix) {
        return prefix + "-" + ThreadLocalRandom.current().nextInt(100_000, 1_000_000);
    }

    @Override
    public void close() {
        stop();
        cluster.close();
        servers.close();
    }
}
