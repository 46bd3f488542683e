package io.infraai.gateway.alerts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

import io.infraai.contracts.identity.Role;
import io.infraai.gateway.Gateway;
import io.infraai.testkit.EmbeddedServices;

import static org.assertj.core.api.Assertions.assertThat;

@QuarkusTest
@QuarkusTestResource(EmbeddedServices.class)
class WebhookTest {

    private static final Executor EACH_ITS_OWN_THREAD =
            task -> Thread.ofVirtual().start(task);

    private final Gateway gateway = new Gateway();

    private static String alert(String name) {
        return alert(
                name, "firing", Instant.now().minusSeconds(60).truncatedTo(ChronoUnit.SECONDS), "0001-01-01T00:00:00Z");
    }

    private static String alert(String name, String status, Instant startsAt, Object endsAt) {
        return """
                {"status":"%s","labels":{"alertname":"%s","namespace":"shop"},"annotations":{"summary":"s"},\
                "startsAt":"%s","endsAt":"%s","generatorURL":"http://p","fingerprint":"f"}""".formatted(status, name, startsAt, endsAt);
    }

    private static String message(String... alerts) {
        return "{\"version\":\"4\",\"status\":\"firing\",\"alerts\":[" + String.join(",", alerts) + "]}";
    }

    private static String fresh() {
        return "A" + UUID.randomUUID();
    }

    private static void expectCounts(JsonNode body, int received, int opened, int repeated, int resolved) {
        assertThat(body.properties().stream().map(java.util.Map.Entry::getKey))
                .containsExactly("received", "opened", "repeated", "resolved", "stale", "quarantined");
        assertThat(List.of(
                        body.path("received").asInt(),
                        body.path("opened").asInt(),
                        body.path("repeated").asInt(),
                        body.path("resolved").asInt(),
                        body.path("stale").asInt()))
                .containsExactly(received, opened, repeated, resolved, 0);
    }

    @Test
    void anEpisodeOpensRepeatsAndResolves() {
        var name = fresh();
        var starts = Instant.now().minusSeconds(60).truncatedTo(ChronoUnit.SECONDS);
        var firing = message(alert(name, "firing", starts, "0001-01-01T00:00:00Z"));
        expectCounts(gateway.post("/api/alerts", firing).expect(200).body(), 1, 1, 0, 0);
        expectCounts(gateway.post("/api/alerts", firing).expect(200).body(), 1, 0, 1, 0);

        var listed = gateway.get("/api/alerts?status=firing&label=alertname=" + name)
                .expect(200)
                .body()
                .path("items");
        assertThat(listed).hasSize(1);
        var id = listed.get(0).path("id").asText();
        var episode = gateway.get("/api/alerts/" + id).expect(200).body();
        assertThat(episode.path("state").asText()).isNotBlank();
        assertThat(episode.path("labels").path("namespace").asText()).isEqualTo("shop");
        assertThat(episode.path("decisions").isArray()).isTrue();
        assertThat(episode.path("tasks").isArray()).isTrue();

        var resolved = message(alert(name, "resolved", starts, starts.plusSeconds(30)));
        expectCounts(gateway.post("/api/alerts", resolved).expect(200).body(), 1, 0, 0, 1);
        assertThat(gateway.get("/api/alerts?status=resolved&label=alertname=" + name)
                        .expect(200)
                        .body()
                        .path("items"))
                .hasSize(1);
    }

    @Test
    void bothAddressesTakeBothShapesWithoutRedirect() {
        var key = Gateway.keyOf(Role.INGEST);
        for (var path : List.of("/api/alerts", "/api/alerts/", "/api/v2/alerts", "/api/v2/alerts/")) {
            for (var body : List.of(message(alert(fresh())), "[" + alert(fresh()) + "]")) {
                var answer = gateway.send("POST", path, null, body, "Authorization", "Bearer " + key);
                expectCounts(answer.expect(200).body(), 1, 1, 0, 0);
            }
        }
        gateway.send("PUT", "/api/alerts", key, message()).expect(200);
    }

    @Test
    void badAlertsAreNamedAndTheRestIsTaken() {
        var body = gateway.post("/api/alerts", message("null", alert(fresh()), alert("a\\u0000b"), alert("\\ud800")))
                .expect(200)
                .body();
        expectCounts(body, 4, 1, 0, 0);
        assertThat(body.path("quarantined").findValuesAsText("index")).containsExactly("0", "2", "3");
        assertThat(body.path("quarantined").findValuesAsText("reason"))
                .allSatisfy(reason -> assertThat(reason).isNotBlank());
    }

    @Test
    void whatIsNoWebhookIsAProblem() {
        gateway.post("/api/alerts", "{\"alerts\":1}").expectProblem(400, "not_a_webhook");
        gateway.post("/api/alerts", "null").expectProblem(400, "not_a_webhook");
        gateway.post("/api/alerts", "{").expectProblem(400, "malformed_json");
        gateway.send("POST", "/api/alerts", Gateway.adminKey(), null, "Content-Type", "application/json")
                .expectProblem(400, "not_a_webhook");
        for (var type : List.of("text/plain", "application/xml", "application/json; charset=utf-16", "text/json")) {
            gateway.send("POST", "/api/alerts", Gateway.adminKey(), message(), "Content-Type", type)
                    .expectProblem(415, "unsupported_media_type");
        }
        gateway.send("POST", "/api/alerts", Gateway.adminKey(), message(), "Content-Encoding", "gzip")
                .expectProblem(415, "unsupported_media_type");
        gateway.send("POST", "/api/alerts", Gateway.adminKey(), null).expectProblem(415, "unsupported_media_type");
    }

    @Test
    void moreThanABatchIsTakenWhole() {
        var alerts = new ArrayList<String>();
        var name = fresh();
        for (int i = 0; i < 1_201; i++) {
            alerts.add(alert(name + i));
        }
        var body = message(alerts.toArray(String[]::new));
        expectCounts(gateway.post("/api/alerts", body).expect(200).body(), 1_201, 1_201, 0, 0);
    }

    @Test
    void pagesOfEpisodesFollowEachOther() {
        var name = fresh();
        var alerts = new ArrayList<String>();
        for (int i = 0; i < 5; i++) {
            alerts.add(alert(name).replace("\"shop\"", "\"shop\",\"i\":\"" + i + "\""));
        }
        gateway.post("/api/alerts", message(alerts.toArray(String[]::new))).expect(200);
        var seen = new ArrayList<String>();
        var next = "";
        do {
            var page = gateway.get("/api/alerts?limit=2&label=alertname=" + name + next)
                    .expect(200)
                    .body();
            page.path("items").forEach(item -> seen.add(item.path("id").asText()));
            next = page.has("next_cursor")
                    ? "&cursor=" + page.path("next_cursor").asText()
                    : "";
        } while (!next.isEmpty());
        assertThat(seen).hasSize(5).doesNotHaveDuplicates();
    }

    @Test
    void filtersThatMakeNoSenseAreRefused() {
        for (var query : List.of("limit=0", "limit=-1", "limit=x", "cursor=zzz", "status=odd", "sort=x", "label=x")) {
            gateway.get("/api/alerts?" + query).expectProblem(400, "invalid_parameter");
        }
        gateway.get("/api/alerts?limit=1000000000").expect(200);
        gateway.get("/api/alerts/nonsense").expectProblem(404, "not_found");
        gateway.get("/api/alerts/" + UUID.randomUUID()).expectProblem(404, "not_found");
    }

    @Test
    void withoutRedisAlertsAreTakenAllTheSame() {
        var servers = EmbeddedServices.servers();
        gateway.get("/api/status").expect(200);
        servers.killRedis();
        try {
            for (int i = 0; i < 20; i++) {
                var started = System.nanoTime();
                gateway.post("/api/alerts", message(alert(fresh()))).expect(200);
                assertThat(System.nanoTime() - started).isLessThan(2_000_000_000L);
            }
            assertThat(gateway.get("/api/status")
                            .expect(200)
                            .body()
                            .path("redis")
                            .asText())
                    .isEqualTo("unreachable");
        } finally {
            servers.startRedis();
        }
    }

    @Test
    void withoutTheDatabaseTheSenderIsToldToComeAgain() {
        var servers = EmbeddedServices.servers();
        var key = Gateway.keyOf(Role.INGEST);
        gateway.send("POST", "/api/alerts", key, message(alert(fresh()))).expect(200);
        servers.killPostgres();
        try {
            var answer = gateway.send("POST", "/api/alerts", key, message(alert(fresh())));
            answer.expectProblem(503, "unavailable");
            assertThat(answer.header("Retry-After")).isNotBlank();
        } finally {
            servers.startPostgres();
        }
        Gateway.eventually(() -> gateway.send("POST", "/api/alerts", key, message(alert(fresh())))
                        .status()
                == 200);
    }

    /** Bodies that real senders wrote, where they lie beside the project. */
    @Test
    void webhooksOfRealSendersAreAnsweredAsExpected() throws IOException {
        var folder = Path.of("../../shared/cases/webhooks");
        Assumptions.assumeTrue(Files.exists(folder.resolve("index.json")), "No recorded webhooks at " + folder);
        var index = new ObjectMapper().readTree(folder.resolve("index.json").toFile());
        for (var entry : index.isArray() ? index : index.path("cases")) {
            var file = folder.resolve(entry.path("file").asText());
            if (Files.exists(file)) {
                var path = entry.path("path").asText("/api/alerts");
                var answer = gateway.post(path, Files.readString(file));
                assertThat(answer.status())
                        .as(file.toString())
                        .isEqualTo(entry.path("status").asInt(200));
            }
        }
    }

    /** Long enough for the remembered key to be looked up again while others wait for it. */
    @Test
    void manyAtOnceAreAllTaken() {
        var until = Instant.now().plusSeconds(4);
        var wrong = IntStream.range(0, 16)
                .mapToObj(_ -> CompletableFuture.supplyAsync(() -> wrongAnswersUntil(until), EACH_ITS_OWN_THREAD))
                .toList()
                .stream()
                .mapToInt(CompletableFuture::join)
                .sum();

        assertThat(wrong).isZero();
    }

    private int wrongAnswersUntil(Instant until) {
        var wrong = 0;
        while (Instant.now().isBefore(until)) {
            wrong += gateway.post("/api/alerts", message(alert(fresh()))).status() == 200 ? 0 : 1;
        }
        return wrong;
    }
}
