package io.infraai.gateway.approvals;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

import jakarta.inject.Inject;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.infraai.contracts.identity.Role;
import io.infraai.contracts.identity.TenantId;
import io.infraai.contracts.remediation.TaskOutcome;
import io.infraai.gateway.Gateway;
import io.infraai.persistence.task.TaskExecution;
import io.infraai.testkit.EmbeddedServices;

import static org.assertj.core.api.Assertions.assertThat;

/** Under the four-eyes rules, which are on unless configured otherwise; the test looks targets up in a worker's place. */
@QuarkusTest
@QuarkusTestResource(EmbeddedServices.class)
class ApprovalTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Gateway gateway = new Gateway();
    private final String operator = Gateway.keyOf(Role.OPERATOR);
    private final String approver = Gateway.keyOf(Role.APPROVER);

    @Inject
    TaskExecution worker;

    @BeforeEach
    void toolsAreKnown() {
        gateway.awaitTools();
    }

    @Test
    void aRequestIsListedWithAllThatAPersonNeedsToKnow() {
        var id = asked(operator);

        var listed = gateway.get("/api/approvals?state=open&limit=1")
                .expect(200)
                .body()
                .path("items")
                .get(0);
        assertThat(listed)
                .isEqualTo(gateway.get("/api/approvals/" + id).expect(200).body());
        assertThat(listed.path("id").asLong()).isEqualTo(id);
        assertThat(listed.path("state").asText()).isEqualTo("open");
        assertThat(listed.path("tool").asText()).isEqualTo("delete_vm");
        assertThat(listed.path("target_identity").path("moref").asText()).isEqualTo("vm-7");
        assertThat(listed.path("sentence").asText()).isEqualTo("Delete virtual machine vm-7");
        assertThat(listed.at("/dry_run/result").asText()).isEqualTo("accepted");
        assertThat(listed.at("/evidence/observed/power_state").asText()).isEqualTo("poweredOn");
        assertThat(listed.at("/evidence/dry_run").isMissingNode()).isTrue();
        assertThat(listed.path("requested_by").asText()).isEqualTo("key:test-operator");
        assertThat(listed.path("needed").asInt()).isEqualTo(2);
        assertThat(listed.path("expires_at").asText()).endsWith("Z");

        var task = gateway.get("/api/tasks/" + listed.path("task_id").asLong())
                .expect(200)
                .body();
        assertThat(task.path("state").asText()).isEqualTo("awaiting_approval");
        assertThat(task.path("approval").path("id").asLong()).isEqualTo(id);
        assertThat(task.path("approval").path("state").asText()).isEqualTo("open");
        assertThat(task.path("approval").path("sentence").asText()).isEqualTo("Delete virtual machine vm-7");
    }

    @Test
    void aOneShotToolTakesTwoPeopleWhoAreNotTheAsker() {
        var id = asked(approver);
        gateway.send("POST", approve(id), approver, "{}").expectProblem(403, "own_request");
        gateway.send("POST", approve(id), operator, "{}").expectProblem(403, "forbidden");

        var first = gateway.post(approve(id), "{\"comment\":\"go on\"}").expect(200);
        assertThat(first.body().path("state").asText()).isEqualTo("open");
        gateway.post(approve(id), "{}").expectProblem(409, "not_allowed_now");

        var second = gateway.send("POST", approve(id), otherApprover(), null).expect(200);
        assertThat(second.body().path("state").asText()).isEqualTo("approved");
        assertThat(second.body().path("votes").get(0).path("comment").asText()).isEqualTo("go on");
        assertThat(second.body().path("votes").get(0).path("by").asText()).isEqualTo("key:first-admin");
        var task = gateway.get("/api/tasks/" + second.body().path("task_id").asLong());
        assertThat(task.body().path("state").asText()).isEqualTo("queued");

        var late = gateway.send("POST", reject(id), approver, "{}").expectProblem(409, "not_allowed_now");
        assertThat(late.body().path("state").asText()).isEqualTo("approved");
    }

    @Test
    void aRejectionCancelsTheTaskAndIsFinal() {
        var id = asked(operator);

        var rejected = gateway.send("POST", reject(id), approver, "{\"comment\":\"no\"}")
                .expect(200);

        assertThat(rejected.body().path("state").asText()).isEqualTo("rejected");
        assertThat(rejected.body().path("reason").asText()).isEqualTo("Rejected by key:test-approver: no");
        var task = gateway.get("/api/tasks/" + rejected.body().path("task_id").asLong());
        assertThat(task.body().path("state").asText()).isEqualTo("cancelled");
        var late = gateway.post(approve(id), "{}").expectProblem(409, "not_allowed_now");
        assertThat(late.body().path("decided_by").asText()).isEqualTo("key:test-approver");
        assertThat(late.body().path("decided_at").asText()).endsWith("Z");
        assertThat(late.body().path("detail").asText()).contains("rejected by key:test-approver");
    }

    @Test
    void whoeverAnswersTooLateIsToldThatTheRequestIsGone() {
        var id = asked(operator, Duration.ZERO);

        var found = gateway.post(approve(id), "{}").expectProblem(410, "approval_expired");
        assertThat(found.body().path("state").asText()).isEqualTo("expired");
        gateway.post(approve(id), "{}").expectProblem(410, "approval_expired");
        gateway.post(reject(id), "{}").expectProblem(410, "approval_expired");
        assertThat(gateway.get("/api/approvals/" + id)
                        .expect(200)
                        .body()
                        .path("state")
                        .asText())
                .isEqualTo("expired");
    }

    @Test
    void whatIsAskedWronglyIsRefused() {
        var id = asked(operator);
        gateway.get("/api/approvals/999999999").expectProblem(404, "not_found");
        gateway.post(approve(999_999_999), "{}").expectProblem(404, "not_found");
        gateway.post(approve(id), "{\"approve\":true}").expectProblem(422, "invalid");
        gateway.post(approve(id), "{\"comment\":1}").expectProblem(422, "invalid");
        gateway.post(approve(id), "{\"comment\":\"%s\"}".formatted("x".repeat(501)))
                .expectProblem(422, "invalid");
        gateway.get("/api/approvals?state=maybe").expectProblem(400, "invalid_parameter");
        gateway.get("/api/approvals?cursor=1").expectProblem(400, "invalid_parameter");
        gateway.get("/api/approvals?status=open").expectProblem(400, "invalid_parameter");
    }

    @Test
    void pagesJoinWithoutGaps() {
        var older = asked(operator);
        var newer = asked(operator);

        var first = gateway.get("/api/approvals?state=open&limit=1").expect(200).body();
        assertThat(first.path("items").get(0).path("id").asLong()).isEqualTo(newer);
        var next = gateway.get("/api/approvals?state=open&limit=1&cursor="
                        + first.path("next_cursor").asText())
                .expect(200)
                .body();
        assertThat(next.path("items").get(0).path("id").asLong()).isEqualTo(older);
    }

    /** A request of this key's, looked up: the id of the request for approval. */
    private long asked(String key) {
        return asked(key, Duration.ofMinutes(30));
    }

    private long asked(String key, Duration validity) {
        var body = "{\"arguments\":{\"vm_name\":\"db-%s\"}}".formatted(UUID.randomUUID());
        var accepted = gateway.send("POST", "/api/tools/delete_vm", key, body)
                .expect(202)
                .body();
        assertThat(accepted.path("state").asText()).isEqualTo("awaiting_approval");
        var task = accepted.path("task_id").asLong();
        var claim =
                awaited(worker.claim(TenantId.DEFAULT, task, "test", PATIENCE)).orElseThrow();
        awaited(worker.finish(
                claim,
                new TaskOutcome.Ask(
                        JsonNodeFactory.instance.objectNode().put("moref", "vm-7"),
                        "Delete virtual machine vm-7",
                        Optional.empty(),
                        JsonNodeFactory.instance.objectNode().put("result", "accepted"),
                        JsonNodeFactory.instance.objectNode().put("power_state", "poweredOn"),
                        validity,
                        1_000)));
        return gateway.get("/api/tasks/" + task)
                .body()
                .path("approval")
                .path("id")
                .asLong();
    }

    private String otherApprover() {
        var body = "{\"name\":\"other-%s\",\"roles\":[\"approver\"]}".formatted(UUID.randomUUID());
        return gateway.post("/api/keys", body).expect(201).body().path("key").asText();
    }

    private static String approve(long id) {
        return "/api/approvals/" + id + "/approve";
    }

    private static String reject(long id) {
        return "/api/approvals/" + id + "/reject";
    }

    private static <T> T awaited(Uni<T> uni) {
        return uni.await().atMost(PATIENCE);
    }
}
