package io.infraai.gateway.tools;

import java.util.UUID;

import jakarta.inject.Inject;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.redis.datasource.RedisDataSource;
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
class ToolTest {

    private static final String RESTART = "{\"arguments\":{\"pod_name\":\"%s\",\"namespace\":\"shop\"}}";

    private final Gateway gateway = new Gateway();
    private final ObjectMapper json = new ObjectMapper();

    @Inject
    RedisDataSource redis;

    @BeforeEach
    void toolsAreKnown() {
        gateway.awaitTools();
    }

    @Test
    void toolsAreListedWithTheirSchemas() {
        var tool = gateway.get("/api/tools").expect(200).body().path("items").get(4);
        assertThat(tool.path("name").asText()).isEqualTo("restart_pod");
        assertThat(tool.path("risk").asText()).isEqualTo("changes");
        assertThat(tool.path("kind").asText()).isEqualTo("guarded");
        assertThat(tool.path("timeout").asText()).isEqualTo("PT1S");
        assertThat(tool.path("input_schema").path("required")).hasSize(2);
    }

    @Test
    void aChangeBecomesATask() {
        var pod = "web-" + UUID.randomUUID();
        var answer = gateway.post("/api/tools/mcp_restart_pod", RESTART.formatted(pod))
                .expect(202);
        var url = answer.body().path("task_url").asText();
        assertThat(answer.header("Location")).endsWith(url);
        assertThat(answer.body().path("state").asText()).isEqualTo("queued");

        var task = gateway.get(url).expect(200).body();
        assertThat(task.path("tool").asText()).isEqualTo("restart_pod");
        assertThat(task.path("target").asText()).isEqualTo("k8s:shop/pod/" + pod);
        assertThat(task.path("journal").isArray()).isTrue();
        assertThat(gateway.get("/api/tasks?state=queued").expect(200).body().toString())
                .contains(pod);

        gateway.post(url + "/retry", "{}").expectProblem(409, "not_allowed_now");
        assertThat(gateway.send("POST", url + "/cancel", Gateway.adminKey(), null)
                        .expect(200)
                        .body()
                        .path("state")
                        .asText())
                .isEqualTo("cancelled");
        gateway.post(url + "/cancel", "{}").expectProblem(409, "not_allowed_now");
    }

    @Test
    void anIdempotencyKeyMakesOneTask() {
        var key = UUID.randomUUID().toString();
        var first = request("web-1", key).expect(202).body().path("task_id").asLong();
        assertThat(request("web-1", key).expect(202).body().path("task_id").asLong())
                .isEqualTo(first);
        request("web-2", key).expectProblem(422, "idempotency_key_reused");
    }

    private Gateway.Answer request(String pod, String key) {
        return gateway.send(
                "POST", "/api/tools/restart_pod", Gateway.adminKey(), RESTART.formatted(pod), "Idempotency-Key", key);
    }

    @Test
    void whatDestroysAwaitsApprovalUnlessItIsADryRun() {
        var body = "{\"arguments\":{\"vm_name\":\"db-%s\"},\"dry_run\":%s}";
        assertThat(gateway.post("/api/tools/delete_vm", body.formatted(1, false))
                        .expect(202)
                        .body()
                        .path("state")
                        .asText())
                .isEqualTo("awaiting_approval");
        var dry = gateway.post("/api/tools/delete_vm", body.formatted(2, true))
                .expect(202)
                .body();
        assertThat(gateway.get(dry.path("task_url").asText())
                        .body()
                        .path("dry_run")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void whatCannotBeCalledIsRefused() {
        gateway.post("/api/tools/nonesuch", "{}").expectProblem(404, "not_found");
        gateway.post("/api/tools/restart_pod", "{\"arguments\":1}").expectProblem(422, "invalid");
        gateway.post("/api/tools/restart_pod", "{\"argument\":{}}").expectProblem(422, "invalid");
        gateway.post("/api/tools/restart_pod", "{\"arguments\":{},\"arguments\":{}}")
                .expectProblem(400, "malformed_json");
        var refused = gateway.post("/api/tools/restart_pod", "{\"arguments\":{\"namespace\":\"shop\"}}")
                .expectProblem(422, "invalid");
        assertThat(refused.body().path("errors").get(0).path("path").asText()).startsWith("/arguments");
        gateway.post("/api/tools/restart_pod", RESTART.formatted("x").replace("shop", "kube-system"))
                .expectProblem(422, "invalid");
        gateway.send("POST", "/api/tools/restart_pod", Gateway.keyOf(Role.VIEWER), RESTART.formatted("x"))
                .expectProblem(403, "forbidden");
    }

    @Test
    void whatOnlyLooksIsAnsweredByAnEngine() throws Exception {
        var engine = new ScriptedEngine(redis).answering("""
                {"tenant":"default","callId":"%s","result":{"type":"done","summary":"One value","detail":{"value":1}}}""");
        var answer = gateway.post("/api/tools/query_prometheus", "{\"arguments\":{\"query\":\"up\"}}")
                .expect(200);
        engine.join();
        assertThat(answer.body()).isEqualTo(json.readTree("""
                        {"tool":"query_prometheus","status":"done","summary":"One value","detail":{"value":1}}"""));
    }

    @Test
    void whatLooksForLongBecomesATaskOfWhoMayHaveMuchLookedAt() {
        var body = "{\"arguments\":{\"subnet\":\"127.0.0.0/30\"}}";
        gateway.send("POST", "/api/tools/network_discovery", Gateway.keyOf(Role.VIEWER), body)
                .expectProblem(403, "forbidden");

        var accepted = gateway.send("POST", "/api/tools/network_discovery", Gateway.keyOf(Role.OPERATOR), body)
                .expect(202);

        var task = gateway.get(accepted.body().path("task_url").asText())
                .expect(200)
                .body();
        assertThat(task.path("tool").asText()).isEqualTo("network_discovery");
        assertThat(task.path("target").asText()).isEqualTo("network:127.0.0.0%2F30");
    }

    @Test
    void whatAToolCouldNotDoIsAProblem() throws Exception {
        var engine = new ScriptedEngine(redis).answering("""
                {"tenant":"default","callId":"%s","result":{"type":"failed","reason":"UNREACHABLE","message":"No route"}}""");
        var answer = gateway.post("/api/tools/query_prometheus", "{\"arguments\":{\"query\":\"up\"}}");
        engine.join();
        answer.expectProblem(502, "tool_failed");
        assertThat(answer.body().path("reason").asText()).isEqualTo("unreachable");
    }

    @Test
    void aToolThatSaysNothingTimesOut() {
        gateway.post("/api/tools/query_prometheus", "{\"arguments\":{\"query\":\"up\"}}")
                .expectProblem(504, "tool_timed_out");
    }
}
