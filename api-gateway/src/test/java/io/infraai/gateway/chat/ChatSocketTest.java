package io.infraai.gateway.chat;

import java.net.http.WebSocketHandshakeException;
import java.util.ArrayList;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

import jakarta.inject.Inject;

import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.infraai.contracts.chat.ReplyEvent.Started;
import io.infraai.contracts.chat.ReplyEvent.ToolFinished;
import io.infraai.contracts.chat.TurnFailure;
import io.infraai.contracts.identity.Role;
import io.infraai.contracts.tool.ToolResult;
import io.infraai.gateway.Gateway;
import io.infraai.persistence.conversation.TurnExecution;
import io.infraai.testkit.EmbeddedServices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@QuarkusTest
@QuarkusTestResource(EmbeddedServices.class)
class ChatSocketTest {

    @Inject
    RedisDataSource redis;

    @Inject
    TurnExecution turns;

    @Inject
    TurnMailboxes mailboxes;

    private final String session = "s-" + UUID.randomUUID();
    private ScriptedTurns engine;
    private User ada;

    @BeforeEach
    void anEngineListens() {
        engine = new ScriptedTurns(redis, turns);
        ada = User.with(Role.VIEWER);
    }

    private static void assertRefused(int status, ThrowingCallable opening) {
        assertThatThrownBy(opening)
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        WebSocketHandshakeException.class,
                        refused ->
                                assertThat(refused.getResponse().statusCode()).isEqualTo(status));
    }

    @Test
    void anAnswerIsWrittenPieceByPiece() {
        var socket = Socket.of(ada, "");
        socket.ask("Which pods are failing?");
        var turn = engine.next().tell(new Started(1));
        var started = socket.expect("started");
        assertThat(started.path("turn_id").asText()).isEqualTo(turn.id().toString());
        turn.say(mailboxes.replyTo(), "Two ", "pods.");
        assertThat(socket.expect("token").path("text").asText()).isEqualTo("Two ");
        assertThat(socket.expect("token").path("seq").asLong())
                .isEqualTo(started.path("seq").asLong() + 2);
        turn.call("c1", "list_pods").result("c1", "list_pods", "2 of 40 pods").answer("Two pods.");
        socket.expect("tool_call");
        assertThat(socket.expect("tool_result").path("summary").asText()).isEqualTo("2 of 40 pods");
        assertThat(socket.expect("done").path("reply").asText()).isEqualTo("Two pods.");

        socket.ask("And nodes?");
        engine.next().answer("None.");
        assertThat(socket.expect("done").path("reply").asText()).isEqualTo("None.");
        socket.leave();
    }

    @Test
    void whoComesBackIsToldWhatCameMeanwhile() {
        var first = Socket.of(ada, "?session_id=" + session);
        first.ask("Which pods are failing?");
        var turn = engine.next().tell(new Started(1));
        var seen = first.expect("started").path("seq").asLong();
        first.breakOff();
        turn.call("c1", "list_pods").result("c1", "list_pods", "2 of 40 pods");

        var second = Socket.of(ada, "?session_id=" + session + "&after=" + seen);
        second.expect("tool_call");
        second.expect("tool_result");
        turn.answer("Two pods.");
        second.expect("done");
        var third = Socket.of(ada, "?session_id=" + session);
        third.ask("And now?");
        engine.next().answer("None.");
        assertThat(third.expect("done").path("reply").asText()).isEqualTo("None.");
        assertThat(second.expect("done").path("reply").asText())
                .as("another window on the same session")
                .isEqualTo("None.");
        second.leave();
        third.leave();
    }

    @Test
    void aTurnIsCancelled() {
        var socket = Socket.of(ada, "");
        socket.say("{\"type\":\"cancel\"}");
        assertThat(socket.expect("error").path("code").asText()).isEqualTo("not_allowed_now");
        socket.ask("Count to a million").say("{\"type\":\"cancel\"}");
        assertThat(socket.expect("error").path("code").asText()).isEqualTo("cancelled");

        socket.ask("Count to two million");
        var turn = engine.next().tell(new Started(1));
        socket.expect("started");
        socket.say("{\"type\":\"cancel\"}");
        Gateway.eventually(turn::isToldToStop);
        turn.fail(TurnFailure.CANCELLED, "Stopped");
        assertThat(socket.expect("error").path("message").asText()).isEqualTo("Stopped");
        socket.leave();
    }

    @Test
    void approvalsAreGivenOnTheSameSocketByWhomMay() {
        var viewer = Socket.of(ada, "");
        viewer.say("{\"type\":\"approve\",\"approval_id\":1}");
        assertThat(viewer.expect("error").path("code").asText()).isEqualTo("forbidden");
        viewer.leave();

        var approver = Socket.of(User.with(Role.APPROVER), "");
        approver.say("{\"type\":\"reject\",\"approval_id\":999999999,\"comment\":\"no\"}");
        assertThat(approver.expect("error").path("code").asText()).isEqualTo("not_found");
        approver.leave();
    }

    @Test
    void whatIsNoFrameIsAnErrorAndThreeInARowAreTheEnd() {
        var socket = Socket.of(ada, "");
        for (var bad : new String[] {
            "no",
            "[]",
            "{}",
            "{\"type\":\"approve\"}",
            "{\"type\":\"reject\",\"approval_id\":1.5}",
            "{\"type\":\"message\"}",
            "{\"type\":\"cancel\",\"x\":1}"
        }) {
            socket.say(bad);
            var error = socket.expect("error");
            assertThat(error.path("code").asText()).isIn("malformed_json", "invalid");
            assertThat(error.has("turn_id") || error.has("seq")).isFalse();
            socket.say("{\"type\":\"cancel\"}");
            socket.expect("error");
            if (bad.equals("{\"type\":\"approve\"}")) {
                socket.leave();
                socket = Socket.of(ada, "");
            }
        }
        socket.leave();
        var three = Socket.of(ada, "");
        three.say("no").say("no").say("no");
        assertThat(three.code()).isEqualTo(1008);
    }

    @Test
    void whatIsTooMuchIsTheEnd() {
        var fast = Socket.of(ada, "");
        for (int i = 0; i < 12; i++) {
            fast.say("{\"type\":\"cancel\"}");
        }
        assertThat(fast.code()).isEqualTo(1008);
        var large = Socket.of(ada, "");
        large.say("x".repeat(20_000));
        assertThat(large.code()).isEqualTo(1009);
        var eight = new ArrayList<Socket>();
        for (int i = 0; i < 8; i++) {
            eight.add(Socket.of(ada, ""));
        }
        assertRefused(429, () -> Socket.of(ada, ""));
        eight.forEach(Socket::leave);
        Socket.of(ada, "").leave();
    }

    @Test
    void onlyWhoMayIsLetIn() {
        assertRefused(401, () -> Socket.with(""));
        assertRefused(401, () -> Socket.with("", "X-API-KEY", "iai_wrong"));
        assertRefused(403, () -> Socket.of(User.with(Role.AUDITOR), ""));
        for (var origin : new String[] {"https://evil.example", "null", "http://localhost"}) {
            assertRefused(403, () -> Socket.with("", "X-API-KEY", ada.key(), "Origin", origin));
        }
        assertRefused(400, () -> Socket.of(ada, "?session_id=a%20b"));
        assertRefused(400, () -> Socket.of(ada, "?after=x"));
        assertRefused(400, () -> Socket.of(ada, "?token=" + ada.key()));
        new Gateway().get("/api/chat/ws").expectProblem(400, "malformed_request");
        Socket.with("", "X-API-KEY", ada.key(), "Origin", "https://console.example")
                .leave();
    }

    @Test
    void aBrowserOffersItsKeyAsAProtocolAndIsNeverToldItBack() {
        var socket = Socket.with("", "Sec-WebSocket-Protocol", "infraai.bearer." + ada.key());
        assertThat(socket.protocol()).isEqualTo("infraai.chat.v1");
        socket.leave();
        assertRefused(401, () -> Socket.with("", "Sec-WebSocket-Protocol", "infraai.bearer.iai_wrong"));
    }

    @Test
    void aSessionOfSomebodyElseIsNotToBeSeen() {
        var mine = Socket.of(ada, "?session_id=" + session);
        mine.ask("Mine");
        var turn = engine.next().tell(new Started(1));
        mine.expect("started");
        var other = Socket.of(User.with(Role.OPERATOR), "?session_id=" + session + "&after=0");
        other.ask("Mine too?");
        assertThat(other.expect("error").path("code").asText()).isEqualTo("not_found");
        turn.answer("Yours");
        mine.expect("done");
        other.expectNothing();
        other.leave();
        mine.leave();
    }

    @Test
    void aRevokedKeyEndsWhatItOpened() {
        var socket = Socket.of(ada, "");
        var begin = System.nanoTime();
        ada.losesKey();
        assertThat(socket.code()).isEqualTo(4401);
        assertThat(System.nanoTime() - begin).isLessThan(TimeUnit.SECONDS.toNanos(5));
    }

    @Test
    void aReaderThatIsTooSlowHoldsNobodyUpAndIsLetGo() {
        var slow = Socket.thatDoesNotRead(ada, "?session_id=" + session);
        slow.ask("Tell me everything");
        var turn = engine.next().tell(new Started(1));
        var quick = Socket.of(ada, "?session_id=" + session + "&after=0");
        quick.expect("started");
        // more than the kernel's buffers of both sides and the outbox take
        var page = new ToolFinished("c1", "read_logs", new ToolResult.Done("x".repeat(200_000)));
        for (int i = 0; i < 80; i++) {
            turn.tell(page);
            quick.expect("tool_result");
        }
        turn.answer("That was all.");
        quick.expect("done");
        slow.read();
        assertThat(slow.code()).isEqualTo(1013);
        quick.leave();
    }
}
