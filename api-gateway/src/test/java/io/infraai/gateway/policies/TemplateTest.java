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
class TemplateTest {

    private static final String CRASH_LOOP = "/api/templates/crash-loop-restart";

    private final Gateway gateway = new Gateway();

    @BeforeEach
    void toolsAreKnown() {
        gateway.awaitTools();
    }

    @Test
    void theLibraryIsListedWithWhatAPersonNeedsToChoose() {
        var items = gateway.get("/api/templates").expect(200).body().path("items");
        assertThat(items).hasSizeGreaterThan(10).allSatisfy(template -> {
            for (var member : new String[] {
                "name", "title", "description", "alerts", "why", "parameters", "policy", "example", "counterexample"
            }) {
                assertThat(template.has(member)).as(member).isTrue();
            }
        });
        assertThat(items.findValuesAsText("name")).contains("crash-loop-restart", "failed-rollout-undo");
        assertThat(gateway.get(CRASH_LOOP)
                        .expect(200)
                        .body()
                        .at("/parameters/0/default")
                        .asText())
                .isEqualTo(".+");
        gateway.get("/api/templates/no-such").expectProblem(404, "not_found");
    }

    @Test
    void aTemplateBecomesAPolicyThatItsExampleMatches() {
        var operator = Gateway.keyOf(Role.OPERATOR);
        var made = gateway.send(
                        "POST",
                        CRASH_LOOP + "/policies",
                        operator,
                        "{\"parameters\":{\"namespaces\":\"shop|web\"},\"name\":\"Mine\"}")
                .expect(201);
        var url = "/api/policies/" + made.body().path("id").asLong();
        assertThat(made.header("Location")).endsWith(url);
        assertThat(made.body().path("mode").asText()).isEqualTo("observe");
        assertThat(made.body().path("name").asText()).isEqualTo("Mine");
        assertThat(made.body().at("/condition/match").asText()).contains("namespace=~\"shop|web\"");

        var example = gateway.get(CRASH_LOOP).body().path("example");
        var forecast = gateway.post(
                        "/api/policies/simulate",
                        "{\"policy_ids\":[%d],\"alerts\":[%s]}"
                                .formatted(made.body().path("id").asLong(), example))
                .expect(200)
                .body();
        assertThat(forecast.at("/alerts/0/matched/0/outcome").asText()).isEqualTo("observed");
        gateway.delete(url).expect(204);
    }

    @Test
    void whatCannotBeFilledInIsRefusedWithThePath() {
        for (var wrong : new String[][] {
            {"{\"parameters\":{\"namespace\":\"shop\"}}", "/parameters/namespace"},
            {"{\"parameters\":{\"namespaces\":7}}", "/parameters/namespaces"},
            {"{\"parameters\":{\"namespaces\":\"(\"}}", "/condition/match"},
            {"{\"parameters\":[]}", "/parameters"},
            {"{\"params\":{}}", "/params"},
            {"{\"mode\":\"sometimes\"}", "/mode"},
        }) {
            var refused = gateway.post(CRASH_LOOP + "/policies", wrong[0]).expectProblem(422, "invalid");
            assertThat(refused.body().path("errors").findValuesAsText("path")).contains(wrong[1]);
        }
        assertThat(gateway.post("/api/templates/node-cordon/policies", "{}")
                        .expectProblem(422, "invalid")
                        .body()
                        .path("errors")
                        .findValuesAsText("path"))
                .as("no worker offers its tool here")
                .containsExactly("/action/tool");
        gateway.send("POST", CRASH_LOOP + "/policies", Gateway.keyOf(Role.OPERATOR), "{\"mode\":\"auto\"}")
                .expectProblem(403, "forbidden");
    }

    @Test
    void whatCameLatelyCanBeSimulated() {
        gateway.post("/api/alerts", """
                {"version":"4","alerts":[{"status":"firing","labels":{"alertname":"KubePodCrashLooping","namespace":"late","pod":"p-1"},\
                "annotations":{},"startsAt":"2026-11-23T10:00:00Z"}]}""").expect(200);
        var policy = gateway.get(CRASH_LOOP).body().path("policy").toString().replace("{{namespaces}}", "late");

        var forecast = gateway.post("/api/policies/simulate", "{\"since\":\"1h\",\"policies\":[%s]}".formatted(policy))
                .expect(200)
                .body()
                .path("alerts");

        assertThat(forecast).anySatisfy(alert -> {
            assertThat(alert.at("/labels/namespace").asText()).isEqualTo("late");
            assertThat(alert.path("episode_id").asText()).isNotBlank();
            assertThat(alert.at("/matched/0/outcome").asText()).isEqualTo("observed");
        });
    }
}
