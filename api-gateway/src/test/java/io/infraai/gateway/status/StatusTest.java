package io.infraai.gateway.status;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

import io.infraai.gateway.Gateway;
import io.infraai.testkit.EmbeddedServices;

import static org.assertj.core.api.Assertions.assertThat;

@QuarkusTest
@QuarkusTestResource(EmbeddedServices.class)
class StatusTest {

    private final Gateway gateway = new Gateway();

    @Test
    void theStatusTellsWhatIsConnectedAndSimulated() {
        var status = gateway.get("/api/status").expect(200).body();
        assertThat(status.path("database").asText()).isEqualTo("connected");
        assertThat(status.path("simulated")).hasSize(2);
        assertThat(status.path("version").asText()).isNotBlank();
        assertThat(status.path("tasks").isObject()).isTrue();
    }

    @Test
    void theKillSwitchIsSeenInTheStatus() {
        gateway.post("/api/pause", "{\"reason\":\"fire drill\"}").expect(200);
        assertThat(gateway.get("/api/status").body().path("pause_reason").asText())
                .isEqualTo("fire drill");
        gateway.send("POST", "/api/resume", Gateway.adminKey(), null).expect(200);
        assertThat(gateway.get("/api/status").body().path("paused").asBoolean()).isFalse();
        gateway.post("/api/pause", "{\"why\":1}").expectProblem(422, "invalid");
        gateway.post("/api/pause", "{\"reason\":1}").expectProblem(422, "invalid");
    }

    @Test
    void everyErrorIsAProblem() {
        gateway.get("/nowhere").expectProblem(404, "not_found");
        gateway.get("/api/tasks/abc").expectProblem(404, "not_found");
        gateway.get("/api/tasks/999999999").expectProblem(404, "not_found");
        gateway.delete("/api/tasks").expectProblem(405, "method_not_allowed");
        gateway.send("GET", "/api/tasks", Gateway.adminKey(), null, "Accept", "text/html")
                .expectProblem(406, "not_acceptable");
        gateway.send("POST", "/api/policies", Gateway.adminKey(), "x", "Content-Type", "text/plain")
                .expectProblem(415, "unsupported_media_type");
        gateway.get("/api/tasks?state=odd").expectProblem(400, "invalid_parameter");
        gateway.get("/api/tasks?effect=odd").expectProblem(400, "invalid_parameter");
        gateway.get("/api/tasks?effect=ineffective&effect=unknown").expect(200);
        gateway.get("/api/tasks?cursor=odd").expectProblem(400, "invalid_parameter");
        gateway.get("/api/tasks?episode=odd").expectProblem(400, "invalid_parameter");
    }

    @Test
    void whatIsServedBesideTheApiIsThere() {
        assertThat(gateway.send("GET", "/", null, null).expect(200).body().path("links"))
                .isNotEmpty();
        assertThat(gateway.get("/q/openapi?format=json")
                        .expect(200)
                        .body()
                        .path("paths")
                        .has("/api/policies/simulate"))
                .isTrue();
        assertThat(gateway.get("/q/metrics").expect(200).body().asText()).contains("infraai_alerts_received_total");
        gateway.get("/q/health/live").expect(200);
    }

    @Test
    void readinessTellsOfTheSchemaAndTheReplica() {
        // others of the checks are about what tests before this one may just have broken
        assertThat(gateway.get("/q/health/ready").body().path("checks"))
                .extracting(check ->
                        check.path("name").asText() + " " + check.path("status").asText())
                .contains("Database schema UP", "Database replica UP");
    }

    @Test
    void everyAnswerCarriesTheSecurityHeadersAndNoneOpensToOtherOrigins() {
        for (var path : new String[] {"/", "/api/status", "/nowhere", "/q/health/live"}) {
            var answer = gateway.send("GET", path, Gateway.adminKey(), null, "Origin", "https://evil.example");
            assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
            assertThat(answer.header("Content-Security-Policy")).contains("frame-ancestors 'none'");
            assertThat(answer.header("X-Request-Id")).isNotBlank();
            assertThat(answer.header("Access-Control-Allow-Origin")).isNull();
        }
    }
}
