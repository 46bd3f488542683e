package io.infraai.standalone.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.CRC32;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.infraai.embedded.EmbeddedServers;
import io.infraai.standalone.deploy.RightsTable.Kinds;
import io.infraai.standalone.services.Installation;
import io.infraai.standalone.services.ServiceProcess;
import io.infraai.testkit.lab.ApiServer;
import io.infraai.testkit.lab.ControlPlane;
import io.infraai.testkit.lab.ControlPlane.User;
import io.infraai.testkit.lab.LabNamespace;
import io.infraai.testkit.lab.RealPeer;
import io.infraai.testkit.yaml.YamlDocuments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The chart installed on a real API server, and the services run as its objects say, with the tokens of the accounts that it made:
 * what is healed there, is healed with the rights that the chart gives, and no others. The nodes are stand-ins, so the services
 * run beside them.
 */
@Tag("lab")
class InstalledChartLabTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static final String POLICY = """
            {"name":"Restart","condition":{"labels":{"alertname":"PodCrashLoop"}},
             "action":{"tool":"restart_pod","params":{"pod_name":"${label.target}","namespace":"installed-shop"}}}""";

    @TempDir
    private static Path home;

    private static final Deque<AutoCloseable> PARTS = new ArrayDeque<>();
    private static final String ADMIN_KEY = key();

    private static ApiServer admin;
    private static ControlPlane plane;
    private static LabNamespace shop;
    private static DeployedPods pods;
    private static ServiceProcess gateway;

    @BeforeAll
    static void install() throws IOException {
        RealPeer.assumeInstalled("helm", "kubectl");
        plane = ControlPlane.shared();
        admin = plane.as(User.ADMIN);
        var infraai = part(LabNamespace.create(admin, "installed"));
        shop = part(LabNamespace.create(admin, "installed-shop"));
        var servers = part(EmbeddedServers.temporary());
        pods = new DeployedPods(
                plane,
                admin,
                infraai,
                home,
                Map.of(
                        "postgresql.data.svc:5432", "127.0.0.1:" + servers.postgresPort(),
                        "redis.data.svc:6379", "127.0.0.1:" + servers.redisPort()));
        secrets(infraai, servers);
        helmInstall();
        assertThat(pods.run(migration(), "healing")).as("the migration").isZero();
        gateway = part(pods.start("infraai-gateway", "api-gateway").ready());
        part(pods.start("infraai-healing", "healing").ready());
        part(pods.start("infraai-engine", "engine").ready());
        try (var _ = pods.start("infraai-worker", "worker").ready()) {
            await().atMost(PATIENCE)
                    .until(() -> call("GET", "/api/tools", "").body().contains("restart_pod"));
        }
        var saved = call("POST", "/api/policies", POLICY);
        assertThat(saved.statusCode()).as(saved.body()).isEqualTo(201);
    }

    @AfterAll
    static void uninstall() throws Exception {
        while (!PARTS.isEmpty()) {
            PARTS.pop().close();
        }
    }

    @Test
    void anAlertIsHealedWithTheRightsOfTheWorkersAccount() {
        shop.deployment("web", 1);
        var before = uid("web");

        try (var _ = pods.start("infraai-worker", "worker").ready()) {
            assertThat(healed("web", "done").at("/state").asText()).isEqualTo("done");
        }

        LabNamespace.soon()
                .until(() -> shop.ready("deployments/web") == 1 && !uid("web").equals(before));
    }

    @Test
    void theSameIsRefusedToTheEnginesAccount() {
        shop.deployment("cart", 1);
        var before = uid("cart");

        try (var _ = pods.startAs("infraai-engine", "infraai-worker", "worker").ready()) {
            var task = healed("cart", "failed");
            assertThat(task.toString()).contains("system:serviceaccount:installed:infraai-engine", "pods/eviction");
        }

        assertThat(uid("cart")).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({"engine,false", "worker,true"})
    void itsAccountsMayDoWhatTheTableSaysAndNothingElse(String service, boolean changing) {
        assertThat(CanI.list(plane.kubeconfig(User.ADMIN), "installed:infraai-" + service, "installed-shop"))
                .isEqualTo(RightsTable.read().granted(changing, Kinds.byDefault()));
    }

    @Test
    void thePodOfTheTestIsTakenByTheServer() {
        var hooks = Program.run("helm", "get", "hooks", "infraai", "-n", "installed", "--kubeconfig", kubeconfig())
                .good();
        var test = YamlDocuments.read(hooks).stream()
                .filter(object -> object.path("kind").asText().equals("Pod"))
                .findFirst()
                .orElseThrow();

        Program.fed(test.toString(), "kubectl", "--kubeconfig", kubeconfig(), "apply", "--dry-run=server", "-f", "-")
                .good();
    }

    private static <T extends AutoCloseable> T part(T part) {
        PARTS.push(part);
        return part;
    }

    private static void helmInstall() throws IOException {
        var values = Files.writeString(home.resolve("values.json"), """
                {"podDisruptionBudget":{"enabled":false},"policies":{"defaultMode":"auto"},
                 "gateway":{"config":{"infraai.admin-key-all-roles":true,"infraai.four-eyes":false}}}""");
        // the migration runs here, by hand; this server knows no budgets of today's version
        Program.run(
                        "helm",
                        "install",
                        "infraai",
                        RightsTable.CHART.toString(),
                        "--no-hooks",
                        "--namespace=installed",
                        "--kubeconfig=" + kubeconfig(),
                        "--values=" + RightsTable.CHART.resolve("ci").resolve("minimal.yaml"),
                        "--values=" + values)
                .good();
        part(() -> Program.run(
                        "helm",
                        "uninstall",
                        "infraai",
                        "--no-hooks",
                        "--namespace=installed",
                        "--kubeconfig=" + kubeconfig())
                .good());
    }

    private static JsonNode migration() {
        var hooks = Program.run("helm", "get", "hooks", "infraai", "-n", "installed", "--kubeconfig", kubeconfig())
                .good();
        return YamlDocuments.read(hooks).stream()
                .filter(object -> object.path("kind").asText().equals("Job"))
                .findFirst()
                .orElseThrow()
                .at("/spec/template/spec");
    }

    private static void secrets(LabNamespace namespace, EmbeddedServers servers) {
        var credentials = servers.credentials();
        secret(namespace, "infraai-postgresql", Map.of("password", credentials.app()));
        secret(namespace, "infraai-postgresql-owner", Map.of("password", credentials.owner()));
        secret(namespace, "infraai-redis", Map.of("password", credentials.redis()));
        secret(namespace, "infraai-keys", Map.of("pepper", "p".repeat(43), "admin.key", ADMIN_KEY));
    }

    private static void secret(LabNamespace namespace, String name, Map<String, String> values) {
        var secret = JSON.createObjectNode();
        secret.putObject("metadata").put("name", name);
        values.forEach(secret.putObject("stringData")::put);
        admin.create(namespace.core("secrets"), secret.toString());
    }

    /** As deploy/compose/secrets.sh makes them. */
    private static String key() {
        var known = "a".repeat(12) + "_" + "B".repeat(43);
        var crc = new CRC32();
        crc.update(known.getBytes(StandardCharsets.US_ASCII));
        return "iai_" + known + "_" + HexFormat.of().toHexDigits((int) crc.getValue());
    }

    /** Fires an alert for a deployment's pod, and waits for what becomes of its task. */
    private static JsonNode healed(String app, String state) {
        var pod = shop.pods(app).getFirst().at("/metadata/name").asText();
        var taken = call("POST", "/api/alerts", Installation.webhook("PodCrashLoop", pod));
        assertThat(taken.statusCode()).as(taken.body()).isEqualTo(200);
        return await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .until(
                        () -> read(call("GET", "/api/alerts?label=target%3D" + pod, "")
                                        .body())
                                .at("/items/0/tasks/0"),
                        task -> task.path("state").asText().equals(state));
    }

    private static String uid(String app) {
        return shop.pods(app).getFirst().at("/metadata/uid").asText();
    }

    private static String kubeconfig() {
        return plane.kubeconfig(User.ADMIN).toString();
    }

    private static HttpResponse<String> call(String method, String path, String body) {
        var request = HttpRequest.newBuilder(gateway.at(path))
                .header("Content-Type", "application/json")
                .header("X-API-KEY", ADMIN_KEY)
                .timeout(Duration.ofSeconds(10))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        try {
            return HTTP.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode read(String body) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
