package io.infraai.gateway.chat;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import jakarta.inject.Inject;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.redis.datasource.stream.StreamRange;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.infraai.contracts.chat.ReplyEvent.ApprovalRequired;
import io.infraai.contracts.chat.ReplyEvent.Started;
import io.infraai.contracts.chat.ReplyEvent.TaskAsked;
import io.infraai.contracts.chat.TurnFailure;
import io.infraai.contracts.identity.Role;
import io.infraai.contracts.remediation.TaskState;
import io.infraai.contracts.stream.Streams;
import io.infraai.gateway.Gateway;
import io.infraai.persistence.conversation.TurnExecution;
import io.infraai.testkit.EmbeddedServices;

import static org.assertj.core.api.Assertions.assertThat;

@QuarkusTest
@QuarkusTestResource(EmbeddedServices.class)
class ChatTest {

    @Inject
    RedisDataSource redis;

    @Inject
    TurnExecution turns;

    private final String session = "s-" + UUID.randomUUID();
    private ScriptedTurns engine;
    private User ada;

    @BeforeEach
    void anEngineListens() {
        new Gateway().awaitTools();
        engine = new ScriptedTurns(redis, turns);
        ada = User.with(Role.OPERATOR);
    }

    @Test
    void anAnswerComesWithWhatWasDoneForIt() {
        var asked = ada.asks(session, "  Which pods are failing? ");
        engine.next()
                .tell(new Started(1))
                .call("c1", "list_pods")
                .result("c1", "list_pods", "2 of 40 pods")
                .answer("web-0 and web-1.");

        var answer = asked.join().expect(200).body();
        assertThat(answer.path("session_id").asText()).isEqualTo(session);
        assertThat(answer.path("reply").asText()).isEqualTo("web-0 and web-1.");
        assertThat(answer.path("message").asText()).isEqualTo("Which pods are failing?");
        var step = answer.path("steps").get(0);
        assertThat(step.path("tool").asText()).isEqualTo("list_pods");
        assertThat(step.path("arguments").path("namespace").asText()).isEqualTo("shop");
        assertThat(step.path("status").asText()).isEqualTo("done");
        assertThat(step.path("result").path("pods").asInt()).isEqualTo(2);
        assertThat(answer.path("usage").path("tokens_in").asInt()).isEqualTo(100);
        assertThat(ada.get(answer.path("turn_url").asText()).expect(200).body()).isEqualTo(answer);
    }

    @Test
    void aSessionIsNamedForWhoNamesNone() {
        var asked = CompletableFuture.supplyAsync(() -> ada.post("/api/chat", "{\"message\":\"Hello\"}"));
        engine.next().answer("Hello yourself.");

        var named = asked.join().expect(200).body().path("session_id").asText();
        var history = ada.get("/api/chat/" + named).expect(200).body();
        assertThat(history.path("messages").findValuesAsText("content")).containsExactly("Hello", "Hello yourself.");
        assertThat(ada.get("/api/chat").expect(200).body().path("items").findValuesAsText("session_id"))
                .contains(named);
    }

    @Test
    void whatTakesTooLongIsAnsweredWithItsAddress() {
        var asked = ada.asks(session, "Think hard");
        var turn = engine.next().tell(new Started(1));

        var answer = asked.join().expect(202);
        assertThat(answer.body().path("state").asText()).isEqualTo("running");
        var address = answer.body().path("turn_url").asText();
        assertThat(answer.header("Location")).isEqualTo(address);
        turn.answer("42");
        assertThat(ada.get(address).body().path("reply").asText()).isEqualTo("42");
    }

    @Test
    void aTurnThatIsCancelledWhileItWaitsTakesItsUnapprovedTaskWithIt() {
        var task = deletion();
        var asked = ada.asks(session, "Delete db-1");
        waiting(engine.next().tell(new Started(1)), task);

        var answer = asked.join().expect(202).body();
        assertThat(answer.path("state").asText()).isEqualTo("waiting");
        assertThat(answer.path("approvals").get(0).path("id").asLong()).isEqualTo(7);
        assertThat(answer.path("steps").get(0).path("status").asText()).isEqualTo("awaiting_approval");

        var cancelled =
                ada.post(answer.path("turn_url").asText() + "/cancel", "{}").expect(200);
        assertThat(cancelled.body().path("state").asText()).isEqualTo("cancelled");
        assertThat(new Gateway().get("/api/tasks/" + task).body().path("state").asText())
                .isEqualTo("cancelled");
        var ended = ada.get(answer.path("turn_url").asText()).body();
        assertThat(ended.path("error").path("code").asText()).isEqualTo("cancelled");
        ada.post(answer.path("turn_url").asText() + "/cancel", "{}").expectProblem(409, "not_allowed_now");
    }

    private static long deletion() {
        var call = "{\"arguments\":{\"vm_name\":\"db-%s\"}}".formatted(UUID.randomUUID());
        return new Gateway()
                .post("/api/tools/delete_vm", call)
                .expect(202)
                .body()
                .path("task_id")
                .asLong();
    }

    private static void waiting(ScriptedTurns.Turn turn, long task) {
        var approval = JsonNodeFactory.instance.objectNode().put("id", 7);
        turn.call("c1", "delete_vm")
                .tell(new TaskAsked("c1", "delete_vm", task))
                .tell(new ApprovalRequired("c1", "delete_vm", task, approval));
        turn.await(task, TaskState.AWAITING_APPROVAL);
    }

    @Test
    void aTurnThatIsWorkedOnIsToldToStop() {
        var asked = ada.asks(session, "Count to a million");
        var turn = engine.next().tell(new Started(1));
        var address = "/api/chat/" + session + "/turns/" + turn.id();

        ada.post(address + "/cancel", "{}").expect(202);
        assertThat(turn.isToldToStop()).isTrue();
        Gateway.eventually(
                () -> redis.stream(String.class).xrevrange(Streams.CANCELS, StreamRange.of("+", "-"), 1).stream()
                        .anyMatch(entry ->
                                entry.payload().toString().contains(turn.id().toString())));
        turn.fail(TurnFailure.CANCELLED, "Stopped");
        asked.join().expectProblem(409, "turn_cancelled");
    }

    @Test
    void whatEndsWithoutAnAnswerIsAProblemThatSaysWhy() {
        record Failure(TurnFailure reason, int status, String code) {}
        var failures = List.of(
                new Failure(TurnFailure.MODEL_UNAVAILABLE, 503, "model_unavailable"),
                new Failure(TurnFailure.MODEL_CONFUSED, 502, "model_confused"),
                new Failure(TurnFailure.BUDGET_EXHAUSTED, 422, "budget_exhausted"),
                new Failure(TurnFailure.QUOTA_EXHAUSTED, 429, "quota_exhausted"),
                new Failure(TurnFailure.ABANDONED, 503, "turn_abandoned"),
                new Failure(TurnFailure.INTERNAL, 500, "internal"));
        for (var failure : failures) {
            var asked = ada.asks(session, "Hello");
            var turn = engine.next();
            turn.fail(failure.reason(), "Configure a model");
            var problem = asked.join().expectProblem(failure.status(), failure.code());
            assertThat(problem.body().path("detail").asText()).isEqualTo("Configure a model");
            assertThat(problem.body().path("turn_id").asText())
                    .isEqualTo(turn.id().toString());
            assertThat(problem.header("Retry-After") != null)
                    .isEqualTo(failure.status() == 503 || failure.status() == 429);
        }
    }

    @Test
    void whatIsNoMessageIsRefused() {
        for (var body : List.of(
                "{}",
                "{\"message\":\"\"}",
                "{\"message\":\"  \\n\"}",
                "{\"message\":1}",
                "{\"message\":null}",
                "{\"message\":[\"x\"]}",
                "{\"message\":\"" + "x".repeat(8_001) + "\"}",
                "{\"message\":\"x\",\"model\":\"y\"}",
                "{\"message\":\"x\",\"session_id\":\"\"}",
                "{\"message\":\"x\",\"session_id\":7}",
                "{\"message\":\"x\",\"session_id\":null}",
                "{\"message\":\"x\",\"session_id\":\"a b\"}",
                "{\"message\":\"x\",\"session_id\":\"" + "s".repeat(65) + "\"}")) {
            ada.post("/api/chat", body).expectProblem(422, "invalid");
        }
        for (var body : List.of("[]", "{\"message\":\"a\\u0000b\"}", "{\"message\":\"x\",\"message\":\"y\"}", "no")) {
            ada.post("/api/chat", body).expectProblem(400, "malformed_json");
        }
        ada.get("/api/chat/no%20such").expectProblem(404, "not_found");
        ada.get("/api/chat/" + session + "/turns/x").expectProblem(404, "not_found");
        ada.get("/api/chat/" + session + "/events?after=-1").expectProblem(400, "invalid_parameter");
        ada.get("/api/chat/" + session + "?since=1").expectProblem(400, "invalid_parameter");
    }

    @Test
    void aSessionAnswersOneMessageAfterTheOther() {
        var first = ada.asks(session, "One");
        var turn = engine.next();
        var busy = ada.post("/api/chat", User.message(session, "Two")).expectProblem(409, "turn_in_progress");
        assertThat(busy.body().path("turn_id").asText()).isEqualTo(turn.id().toString());
        turn.answer("1");
        first.join().expect(200);
    }

    @Test
    void aSessionIsItsUsersOwn() {
        var asked = ada.asks(session, "Mine");
        var turn = engine.next();
        turn.answer("Yours");
        asked.join().expect(200);
        var bob = User.with(Role.ADMIN);
        bob.post("/api/chat", User.message(session, "And mine?")).expectProblem(404, "not_found");
        bob.get("/api/chat/" + session).expectProblem(404, "not_found");
        var address = "/api/chat/" + session + "/turns/" + turn.id();
        bob.get(address).expectProblem(404, "not_found");
        bob.post(address + "/cancel", "{}").expectProblem(404, "not_found");
        ada.get("/api/chat/other/turns/" + turn.id()).expectProblem(404, "not_found");
        assertThat(bob.get("/api/chat").body().path("items")).isEmpty();
    }

    @Test
    void aSessionIsDeletedByItsUserOnceNothingGoesOnInIt() {
        var asked = ada.asks(session, "Hello");
        var turn = engine.next().tell(new Started(1));
        var busy = ada.delete("/api/chat/" + session).expectProblem(409, "turn_in_progress");
        assertThat(busy.body().path("turn_id").asText()).isEqualTo(turn.id().toString());
        turn.answer("Hello yourself.");
        asked.join().expect(200);

        User.with(Role.ADMIN).delete("/api/chat/" + session).expectProblem(404, "not_found");
        ada.delete("/api/chat/" + session).expect(204);

        ada.get("/api/chat/" + session).expectProblem(404, "not_found");
        ada.delete("/api/chat/" + session).expectProblem(404, "not_found");
        assertThat(ada.get("/api/chat").body().path("items").findValuesAsText("session_id"))
                .doesNotContain(session);
    }

    @Test
    void aUserMayAskTwentyTimesAMinute() {
        JsonNode body = null;
        for (int i = 0; i < 20; i++) {
            var asked = ada.asks("n-" + UUID.randomUUID(), "Again");
            engine.next().answer("Again");
            body = asked.join().expect(200).body();
        }
        assertThat(body).isNotNull();
        var refused = ada.post("/api/chat", User.message(session, "Again")).expectProblem(429, "rate_limited");
        assertThat(refused.header("Retry-After")).isEqualTo("60");
        User.with(Role.VIEWER).post("/api/chat", "{}").expectProblem(422, "invalid");
    }
}
