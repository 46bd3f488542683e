package io.infraai.gateway.policies;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.infraai.contracts.identity.Role;
import io.infraai.gateway.Gateway;
import io.infraai.testkit.EmbeddedServices;

import static org.assertj.core.api.Assertions.assertThat;

@QuarkusTest
@QuarkusTestResource(EmbeddedServices.class)
class PolicyTest {

    private static final String POLICY = """
            {"name":"Restart crashed pod","condition":{"labels":{"alertname":"PodCrashLoop"},"status":"firing"},\
            "action":{"tool":"mcp_restart_pod","params":{"pod_name":"${label.pod_name}","namespace":"${label.namespace}"}},\
            "priority":10,"mode":"%s"}""";
    private static final String OBSERVING = POLICY.formatted("observe");
    private static final String ALERT = """
            {"status":"firing","labels":{"alertname":"PodCrashLoop","pod_name":"web-0","namespace":"shop"},\
            "startsAt":"2026-11-23T10:00:00Z"}""";

    private final Gateway gateway = new Gateway();

    @BeforeEach
    void toolsAreKnown() {
        gateway.awaitTools();
    }

    @Test
    void aPolicyIsSavedShownChangedAndDeleted() {
        var made = gateway.post("/api/policies", OBSERVING).expect(201);
        var url = "/api/policies/" + made.body().path("id").asLong();
        assertThat(made.header("Location")).endsWith(url);
        assertThat(made.header("ETag")).isEqualTo("\"1\"");
        assertThat(made.body().path("action").path("tool").asText()).isEqualTo("restart_pod");
        assertThat(made.body().path("verify").path("alert_clears").asText()).isEqualTo("10m");
        for (var member :
                new String[] {"id", "revision", "created_at", "updated_at", "name", "condition", "priority", "mode"}) {
            assertThat(made.body().has(member)).as(member).isTrue();
        }
        assertThat(gateway.get(url).expect(200).body()).isEqualTo(made.body());

        var changed = OBSERVING.replace("10", "20");
        gateway.put(url, changed, "If-Match", "\"7\"").expectProblem(412, "revision_conflict");
        gateway.put(url, changed, "If-Match", "W/\"1\"").expectProblem(412, "revision_conflict");
        assertThat(gateway.put(url, changed, "If-Match", "\"1\"").expect(200).header("ETag"))
                .isEqualTo("\"2\"");
        assertThat(gateway.put(url, changed, "If-Match", "*").expect(200).header("ETag"))
                .isEqualTo("\"3\"");
        var shown = gateway.put(url, gateway.get(url).body().toString()).expect(200);
        assertThat(shown.body().path("revision").asInt()).isEqualTo(4);
        assertThat(gateway.get("/api/policies").expect(200).body().path("items").findValuesAsText("id"))
                .contains(made.body().path("id").asText());

        gateway.delete(url, "If-Match", "\"1\"").expectProblem(412, "revision_conflict");
        gateway.delete(url).expect(204);
        gateway.get(url).expectProblem(404, "not_found");
        gateway.delete(url).expectProblem(404, "not_found");
        gateway.put(url, OBSERVING).expectProblem(404, "not_found");
    }

    @Test
    void whatCannotWorkIsRefusedWithThePath() {
        for (var wrong : new String[][] {
            {OBSERVING.replace("\"priority\"", "\"prioritty\""), "/prioritty"},
            {OBSERVING.replace("\"labels\"", "\"lables\""), "/condition/lables"},
            {OBSERVING.replace("mcp_restart_pod", "reboot_world"), "/action/tool"},
            {OBSERVING.replace("\"priority\":10", "\"verify\":{\"alert_clears\":\"1s\"}"), "/verify/alert_clears"},
            {OBSERVING.replace("\"priority\":10", "\"on_failure\":[{\"tool\":\"reboot\"}]"), "/on_failure/0/tool"},
            {OBSERVING.replace("\"status\":\"firing\"", "\"status\":\"burning\""), "/condition/status"},
        }) {
            var refused = gateway.post("/api/policies", wrong[0]).expectProblem(422, "invalid");
            assertThat(refused.body().path("errors").findValuesAsText("path")).contains(wrong[1]);
        }
        gateway.post("/api/policies", OBSERVING + "x").expectProblem(400, "malformed_json");
        gateway.post("/api/policies", "[]").expectProblem(400, "malformed_json");
        gateway.post("/api/policies", OBSERVING.replace("\"priority\":10", "\"priority\":10,\"priority\":11"))
                .expectProblem(400, "malformed_json");
    }

    @Test
    void onlyWhoMayArmMakesAPolicyActByItself() {
        var armed = POLICY.formatted("auto");
        var operator = Gateway.keyOf(Role.OPERATOR);
        gateway.send("POST", "/api/policies", operator, armed).expectProblem(403, "forbidden");
        var made = gateway.send("POST", "/api/policies", operator, POLICY.formatted("approve"))
                .expect(201);
        var url = "/api/policies/" + made.body().path("id").asLong();
        gateway.send("PUT", url, operator, armed).expectProblem(403, "forbidden");
        gateway.send("PUT", url, Gateway.keyOf(Role.ADMIN), armed).expect(200);
        gateway.delete(url).expect(204);
    }

    @Test
    void aSimulationTellsWhatEveryMatchingPolicyWouldDo() {
        var unknown = POLICY.formatted("auto").replace("mcp_restart_pod", "reboot_world");
        var other = OBSERVING.replace("PodCrashLoop", "Other");
        var body = "{\"policies\":[%s,%s,%s],\"alerts\":[%s,{\"labels\":{\"alertname\":\"None\"}}]}"
                .formatted(OBSERVING.replace("{\"name\"", "{\"id\":42,\"name\""), unknown, other, ALERT);
        var before = gateway.get("/api/policies").body();

        var forecast =
                gateway.post("/api/policies/simulate", body).expect(200).body().path("alerts");

        assertThat(forecast).hasSize(2);
        assertThat(forecast.get(0).path("index").asInt()).isZero();
        var matched = forecast.get(0).path("matched");
        assertThat(matched.findValuesAsText("policy_id")).containsExactlyInAnyOrder("42", "-2");
        assertThat(matched.findValuesAsText("outcome")).containsExactlyInAnyOrder("observed", "rejected");
        assertThat(forecast.get(1).path("matched")).isEmpty();
        assertThat(gateway.get("/api/policies").body()).isEqualTo(before);
    }

    @Test
    void storedPoliciesAreSimulatedById() {
        var id = gateway.post("/api/policies", OBSERVING)
                .expect(201)
                .body()
                .path("id")
                .asLong();
        var body = "{\"policy_ids\":[%d],\"alerts\":[%s]}";
        var forecast = gateway.post("/api/policies/simulate", body.formatted(id, ALERT))
                .expect(200)
                .body();
        assertThat(forecast.path("alerts").get(0).path("matched").findValuesAsText("policy_id"))
                .containsExactly(Long.toString(id));
        gateway.post("/api/policies/simulate", body.formatted(999_999_999, ALERT))
                .expectProblem(422, "invalid");
        gateway.delete("/api/policies/" + id).expect(204);
    }

    @Test
    void simulationsThatMakeNoSenseAreRefused() {
        for (var body : new String[] {
            "{}",
            "{\"since\":\"soon\"}",
            "{\"since\":\"1000d\"}",
            "{\"since\":7}",
            "{\"since\":\"7d\",\"alerts\":[]}",
            "{\"alerts\":1}",
            "{\"alerts\":[1]}",
            "{\"alerts\":[],\"polices\":[]}",
            "{\"alerts\":[],\"policies\":[1]}",
            "{\"alerts\":[],\"policies\":[]}",
            "{\"alerts\":[],\"policy_ids\":[\"x\"]}",
            "{\"alerts\":[{\"labels\":{\"a\":1}}]}",
            "{\"alerts\":[],\"policies\":[" + OBSERVING.replace("\"labels\"", "\"lables\"") + "]}",
            "{\"alerts\":[" + "{},".repeat(1_000) + "{}]}"
        }) {
            var refused = gateway.post("/api/policies/simulate", body).expectProblem(422, "invalid");
            assertThat(refused.body().path("errors").findValuesAsText("path"))
                    .allSatisfy(path -> assertThat(path).startsWith("/"));
        }
    }
}
