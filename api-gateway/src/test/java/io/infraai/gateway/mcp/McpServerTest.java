package io.infraai.gateway.mcp;

import java.util.UUID;

import jakarta.inject.Inject;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.infraai.contracts.identity.Role;
import io.infraai.gateway.Gateway;
import io.infraai.gateway.Gateway.Answer;
import io.infraai.gateway.tools.ScriptedEngine;
import io.infraai.testkit.EmbeddedServices;

import static org.assertj.core.api.Assertions.assertThat;

@QuarkusTest
@QuarkusTestResource(EmbeddedServices.class)
class McpServerTest {

    private final Gateway gateway = new Gateway();

    @Inject
    RedisDataSource redis;

    @BeforeEach
    void toolsAreKnown() {
        gateway.awaitTools();
    }

    private static McpClient admin() {
        return McpClient.initialized(Gateway.adminKey());
    }

    private static void assertError(Answer answer, int status, int code) {
        answer.expect(status);
        assertThat(answer.body().path("jsonrpc").asText()).isEqualTo("2.0");
        assertThat(answer.body().path("error").path("code").asInt())
                .as(answer.body().toString())
                .isEqualTo(code);
        assertThat(answer.body().path("error").path("message").asText())
                .isNotBlank()
                .doesNotContain("Exception", "java.");
    }

    @Test
    void aClientIsToldWhoAnswersAndWhatItCan() {
        var answer =
                new McpClient(Gateway.adminKey()).post(McpClient.INITIALIZE).expect(200);
        var result = answer.body().path("result");
        assertThat(result.path("protocolVersion").asText()).isEqualTo("2025-11-25");
        assertThat(result.path("serverInfo").path("name").asText()).isEqualTo("infraai");
        assertThat(result.path("capabilities").has("tools")).isTrue();
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    }

    @Test
    void advertisedToolsAreListedWithSchemasAndHints() {
        var tools = admin().request("tools/list", "{}")
                .expect(200)
                .body()
                .path("result")
                .path("tools");
        assertThat(tools.findValuesAsText("name"))
                .containsExactly("delete_vm", "events", "network_discovery", "query_prometheus", "restart_pod");
        var destroys = tools.get(0).path("annotations");
        assertThat(destroys.path("readOnlyHint").asBoolean()).isFalse();
        assertThat(destroys.path("destructiveHint").asBoolean()).isTrue();
        assertThat(tools.get(3).path("annotations").path("readOnlyHint").asBoolean())
                .isTrue();
        assertThat(tools.get(4).path("annotations").path("idempotentHint").asBoolean())
                .isTrue();
        assertThat(tools.get(4).path("inputSchema").path("required")).hasSize(2);
    }

    @Test
    void whatOnlyLooksIsAnswered() throws Exception {
        var engine = new ScriptedEngine(redis)
                .answering(
                        "{\"tenant\":\"default\",\"callId\":\"%s\",\"result\":{\"type\":\"done\",\"summary\":\"One value\",\"detail\":{\"value\":1}}}");
        var result = admin().call("query_prometheus", "{\"query\":\"up\"}");
        engine.join();
        assertThat(result.path("isError").asBoolean()).isFalse();
        assertThat(result.path("content").get(0).path("text").asText()).isEqualTo("One value");
        assertThat(result.path("structuredContent").path("value").asInt()).isEqualTo(1);
    }

    @Test
    void whatAToolCouldNotDoIsAResultThatAModelCanRead() throws Exception {
        var engine = new ScriptedEngine(redis)
                .answering(
                        "{\"tenant\":\"default\",\"callId\":\"%s\",\"result\":{\"type\":\"failed\",\"reason\":\"UNREACHABLE\",\"message\":\"No route\"}}");
        var result = admin().call("query_prometheus", "{\"query\":\"up\"}");
        engine.join();
        assertThat(result.path("isError").asBoolean()).isTrue();
        assertThat(result.path("content").get(0).path("text").asText()).contains("No route", "unreachable");
    }

    @Test
    void aToolThatSaysNothingIsAnErrorResult() {
        var result = admin().call("query_prometheus", "{\"query\":\"up\"}");
        assertThat(result.path("isError").asBoolean()).isTrue();
        assertThat(result.path("content").get(0).path("text").asText()).contains("no answer within");
    }

    @Test
    void aChangeBecomesATaskAndNothingElse() {
        var pod = "web-" + UUID.randomUUID();
        var task = admin().call("restart_pod", "{\"pod_name\":\"%s\",\"namespace\":\"shop\"}".formatted(pod));
        var content = task.path("structuredContent");
        assertThat(content.path("state").asText()).isEqualTo("queued");
        assertThat(task.path("content").get(0).path("text").asText())
                .contains("Nothing is done yet", content.path("task_url").asText());
        var stored = gateway.get(content.path("task_url").asText()).expect(200).body();
        assertThat(stored.path("target").asText()).isEqualTo("k8s:shop/pod/" + pod);
        assertThat(stored.path("dry_run").asBoolean()).isFalse();
    }

    @Test
    void whatDestroysAwaitsApproval() {
        var text = admin().call("delete_vm", "{\"vm_name\":\"db-1\"}")
                .path("content")
                .get(0)
                .path("text");
        assertThat(text.asText()).contains("approval");
    }

    @Test
    void aCallCanBeADryRunAndOnlyBeMadeOnce() {
        var call = """
                {"name":"restart_pod","arguments":{"pod_name":"web-1","namespace":"shop"},
                 "_meta":{"io.infraai/dry_run":true,"io.infraai/idempotency_key":"%s"}}""".formatted(UUID.randomUUID());
        var first = structured(admin().request("tools/call", call));
        assertThat(structured(admin().request("tools/call", call)).path("task_id"))
                .isEqualTo(first.path("task_id"));
        assertThat(gateway.get(first.path("task_url").asText())
                        .body()
                        .path("dry_run")
                        .asBoolean())
                .isTrue();
    }

    private static JsonNode structured(Answer answer) {
        return answer.expect(200).body().path("result").path("structuredContent");
    }

    @Test
    void whatCannotBeCalledIsRefusedWithTheReason() {
        var client = admin();
        assertError(client.called("nonesuch", "{}"), 200, -32602);
        assertError(client.called("restart_pod", "{\"namespace\":\"shop\"}"), 200, -32602);
        assertError(client.called("restart_pod", "{\"pod_name\":1,\"namespace\":\"shop\"}"), 200, -32602);
        assertError(client.called("restart_pod", "{\"pod_name\":null,\"namespace\":\"shop\"}"), 200, -32602);
        assertError(client.called("restart_pod", "[]"), 200, -32602);
        var guarded = client.called("restart_pod", "{\"pod_name\":\"x\",\"namespace\":\"kube-system\"}");
        assertError(guarded, 200, -32602);
        assertThat(guarded.body().path("error").path("message").asText()).contains("protected");
        assertError(client.request("tools/call", "{}"), 200, -32602);
        assertError(client.request("resources/read", "{\"uri\":\"file:///etc/passwd\"}"), 200, -32601);
    }

    @Test
    void aKeySaysWhatItsBearerMayDo() {
        var change = "{\"pod_name\":\"x\",\"namespace\":\"shop\"}";
        assertError(McpClient.initialized(Gateway.keyOf(Role.VIEWER)).called("restart_pod", change), 200, -32001);
        var auditor = McpClient.initialized(Gateway.keyOf(Role.AUDITOR));
        auditor.request("tools/list", "{}").expect(200);
        assertError(auditor.called("query_prometheus", "{\"query\":\"up\"}"), 200, -32001);
        var ingest = new McpClient(Gateway.keyOf(Role.INGEST)).post(McpClient.INITIALIZE);
        ingest.expectProblem(403, "forbidden");
        assertThat(ingest.header("WWW-Authenticate")).contains("insufficient_scope");
    }

    @Test
    void whatLooksForLongIsATaskOfWhoMayHaveMuchLookedAt() {
        var subnet = "{\"subnet\":\"127.0.0.0/30\"}";
        assertError(McpClient.initialized(Gateway.keyOf(Role.VIEWER)).called("network_discovery", subnet), 200, -32001);

        var task = McpClient.initialized(Gateway.keyOf(Role.OPERATOR)).call("network_discovery", subnet);

        assertThat(task.path("structuredContent").path("state").asText()).isEqualTo("queued");
    }

    @Test
    void nobodySpeaksWithoutAKey() {
        var anonymous = new McpClient("").post(McpClient.INITIALIZE).expectProblem(401, "unauthenticated");
        assertThat(anonymous.header("WWW-Authenticate")).startsWith("Bearer");
        new McpClient("iai_wrong").post(McpClient.INITIALIZE).expectProblem(401, "unauthenticated");
        new McpClient("")
                .post(McpClient.INITIALIZE, "Authorization", "Bearer " + Gateway.adminKey())
                .expect(200);
    }

    @Test
    void aWebPageMayNotCallIt() {
        for (var origin : new String[] {
            "https://evil.example", "http://localhost.evil.example", "http://localhost:1", "http://127.0.0.1", "null"
        }) {
            admin().post(McpClient.INITIALIZE, "Origin", origin).expectProblem(403, "forbidden");
        }
        new McpClient(Gateway.adminKey())
                .post(McpClient.INITIALIZE, "Origin", "https://inspector.example")
                .expect(200);
    }

    @Test
    void aPageThatCameFromLoopbackItselfMayCallIt() {
        new McpClient(Gateway.adminKey())
                .post(McpClient.INITIALIZE, "Origin", "http://" + Gateway.base().getAuthority())
                .expect(200);
    }

    @Test
    void aSessionIsOfUseToItsOwnerOnly() {
        var session = admin().session();
        var viewer = new McpClient(Gateway.keyOf(Role.VIEWER));
        var ping = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";
        viewer.post(ping, "Mcp-Session-Id", session).expectProblem(404, "not_found");
        viewer.send("DELETE", null, "Mcp-Session-Id", session).expectProblem(404, "not_found");
        var guessed = session.substring(0, session.indexOf('.'));
        new McpClient(Gateway.adminKey()).post(ping, "Mcp-Session-Id", guessed).expectProblem(404, "not_found");
        assertThat(session.substring(session.indexOf('.') + 1)).hasSizeGreaterThanOrEqualTo(32);
    }

    @Test
    void anEndedSessionIsGone() {
        var client = admin();
        client.request("ping", "{}").expect(200);
        client.send("DELETE", null).expect(200);
        client.request("ping", "{}").expectProblem(404, "not_found");
    }

    @Test
    void whatIsNoMessageIsRefused() {
        var client = admin();
        assertError(client.post("{nonsense"), 400, -32700);
        assertError(client.post("{\"jsonrpc\":\"2.0\",\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}"), 400, -32700);
        assertError(client.post("[" + McpClient.INITIALIZE + "]"), 400, -32600);
        assertError(client.post("{\"id\":1,\"method\":\"ping\"}"), 400, -32600);
        assertError(client.post("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":1}"), 400, -32600);
        assertError(client.post("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":[]}"), 400, -32600);
        assertError(client.post("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}"), 400, -32600);
        for (var id : new String[] {"null", "1.5", "{}", "[]", "99999999999", "\"" + "x".repeat(1000) + "\""}) {
            assertError(client.post("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"ping\"}"), 400, -32600);
        }
        assertError(client.post("{\"a\":".repeat(1000) + "1" + "}".repeat(1000)), 400, -32700);
        client.post("{\"a\":\"" + "x".repeat(5_000_000) + "\"}").expectProblem(413, "too_large");
        client.request("ping", "{}").expect(200);
    }

    @Test
    void theTransportIsSpokenAsAgreed() {
        var client = admin();
        client.send("GET", null).expectProblem(405, "method_not_allowed");
        client.send("PUT", "{}").expectProblem(405, "method_not_allowed");
        assertError(client.request("no/such", "{}"), 200, -32601);
        client.request("logging/setLevel", "{\"level\":\"debug\"}").expect(200);
        assertError(client.request("logging/setLevel", "{}"), 200, -32602);
        assertError(client.request("ping", "{}", "MCP-Protocol-Version", "1999-01-01"), 400, -32022);
        assertError(client.request("ping", "{}", "Mcp-Method", "tools/list"), 400, -32020);
        assertError(client.request("tools/call", "{\"name\":\"a\"}", "Mcp-Name", "b"), 400, -32020);
        client.request("ping", "{}", "MCP-Protocol-Version", "2025-11-25").expect(200);
        gateway.send("POST", "/mcp", Gateway.adminKey(), McpClient.INITIALIZE).expectProblem(406, "not_acceptable");
        for (var path : new String[] {"/mcp/", "/mcp/sse", "/mcp/messages/x", "/mcpx"}) {
            gateway.get(path).expectProblem(404, "not_found");
        }
    }

    @Test
    void aHandshakeThatSaysNotEnoughIsRefused() {
        var client = new McpClient(Gateway.adminKey());
        assertError(client.request("tools/list", "{}"), 200, -32601);
        assertError(client.request("initialize", "{}"), 200, -32602);
        assertError(
                client.request("initialize", "{\"protocolVersion\":\"2025-11-25\",\"clientInfo\":{\"name\":1}}"),
                200,
                -32602);
        client.post("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/nonsense\"}")
                .expect(202);
    }
}
