package io.infraai.gateway.audit;

import java.time.Duration;
import java.util.HashSet;

import jakarta.inject.Inject;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

import io.infraai.contracts.identity.Role;
import io.infraai.contracts.identity.TenantId;
import io.infraai.gateway.Gateway;
import io.infraai.persistence.audit.AuditSealing;
import io.infraai.testkit.EmbeddedServices;

import static org.assertj.core.api.Assertions.assertThat;

@QuarkusTest
@QuarkusTestResource(EmbeddedServices.class)
class AuditTest {

    private final Gateway gateway = new Gateway();

    @Inject
    AuditSealing sealing;

    @Test
    void whatPeopleDoIsListedWithWhoDidIt() {
        gateway.awaitTools();
        var made = gateway.post("/api/keys", "{\"name\":\"audited\",\"roles\":[\"viewer\"]}")
                .expect(201);
        var key = "key:" + made.body().path("id").asText();
        gateway.delete("/api/keys/" + made.body().path("id").asText()).expect(204);
        gateway.post("/api/pause", "{\"reason\":\"audit\"}");
        gateway.post("/api/resume", "{}");
        gateway.post("/api/tools/restart_pod", """
                {"arguments":{"pod_name":"audited-0","namespace":"shop"}}""").expect(202);

        var ofKey = list("?target=" + key);
        assertThat(ofKey.findValuesAsText("action")).containsExactly("key_revoked", "key_created");
        assertThat(ofKey.findValuesAsText("actor")).containsOnly("key:first-admin");
        assertThat(list("?action=paused&action=resumed&limit=2").findValuesAsText("action"))
                .containsExactly("resumed", "paused");
        var asked = list("?target=k8s:shop/pod/audited-0").get(0);
        assertThat(asked.path("action").asText()).isEqualTo("task_requested");
        assertThat(asked.path("task_id").asLong()).isPositive();
        assertThat(list("?task=" + asked.path("task_id").asLong())).hasSize(1);
        assertThat(made.body().path("key").asText()).isNotBlank();
        assertThat(list("?limit=200").toString())
                .doesNotContain(made.body().path("key").asText());
    }

    @Test
    void aListIsReadPageByPage() {
        for (var i = 0; i < 5; i++) {
            gateway.post("/api/resume", "{}").expect(200);
        }
        var seen = new HashSet<Long>();
        var next = "";
        for (var page = 0; page < 3; page++) {
            var answer = gateway.get("/api/audit?limit=2" + next).expect(200).body();
            assertThat(answer.path("items")).hasSize(2);
            answer.path("items").forEach(each -> seen.add(each.path("id").asLong()));
            next = "&cursor=" + answer.path("next_cursor").asText();
        }
        assertThat(seen).hasSize(6);
    }

    @Test
    void theChainIsVerifiedAndItsHeadCanBeHandedBack() {
        gateway.post("/api/resume", "{}").expect(200);
        Gateway.eventually(() -> sealing.seal(TenantId.DEFAULT)
                .await()
                .atMost(Duration.ofSeconds(5))
                .isPresent());

        var check = gateway.post("/api/audit/verify", "").expect(200).body();
        assertThat(check.path("valid").asBoolean()).isTrue();
        assertThat(check.path("complete").asBoolean()).isTrue();
        assertThat(check.path("checked").asLong()).isPositive();
        assertThat(check.has("first_broken")).isFalse();
        var head = check.path("head").toString();

        assertThat(gateway.post("/api/audit/verify", "{\"after\":%s,\"anchors\":[%s]}".formatted(head, head))
                        .expect(200)
                        .body()
                        .path("valid")
                        .asBoolean())
                .isTrue();
        var forged = head.replaceFirst("\"hash\":\"[0-9a-f]", "\"hash\":\"")
                .replaceFirst("\"}$", (head.contains("0\"}") ? "1" : "0") + "\"}");
        var broken = gateway.post("/api/audit/verify", "{\"anchors\":[%s]}".formatted(forged))
                .expect(200)
                .body();
        assertThat(broken.path("valid").asBoolean()).isFalse();
        assertThat(broken.path("first_broken").path("problem").asText()).isEqualTo("altered");
        assertThat(list("?limit=200").findValuesAsText("hash"))
                .contains(check.at("/head/hash").asText());
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        for (var body : new String[] {
            "{\"before\":1}",
            "{\"after\":1}",
            "{\"after\":{\"seq\":1}}",
            "{\"after\":{\"seq\":-1,\"hash\":\"%s\"}}".formatted("0".repeat(64)),
            "{\"anchors\":{}}",
            "{\"anchors\":[{\"seq\":1,\"hash\":\"zz\"}]}"
        }) {
            gateway.post("/api/audit/verify", body).expectProblem(422, "invalid");
        }
        for (var query : new String[] {"?action=nonsense", "?task=x", "?cursor=x", "?since=1d"}) {
            gateway.get("/api/audit" + query).expectProblem(400, "invalid_parameter");
        }
        gateway.send("GET", "/api/audit", Gateway.keyOf(Role.OPERATOR), null).expectProblem(403, "forbidden");
        gateway.send("GET", "/api/audit", Gateway.keyOf(Role.AUDITOR), null).expect(200);
    }

    private JsonNode list(String query) {
        return gateway.get("/api/audit" + query).expect(200).body().path("items");
    }
}
