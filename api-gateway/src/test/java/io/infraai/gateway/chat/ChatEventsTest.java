package io.infraai.gateway.chat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import jakarta.inject.Inject;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.infraai.contracts.chat.ReplyEvent.Started;
import io.infraai.contracts.chat.ReplyEvent.ToolFinished;
import io.infraai.contracts.identity.Actor;
import io.infraai.contracts.identity.Role;
import io.infraai.contracts.identity.TenantId;
import io.infraai.contracts.tool.ToolResult;
import io.infraai.gateway.Gateway;
import io.infraai.persistence.conversation.Conversations;
import io.infraai.persistence.conversation.Conversations.Opened;
import io.infraai.persistence.conversation.TurnExecution;
import io.infraai.testkit.EmbeddedServices;

import static org.assertj.core.api.Assertions.assertThat;

@QuarkusTest
@QuarkusTestResource(EmbeddedServices.class)
class ChatEventsTest {

    private static final String[] EVENTS = {"Accept", "text/event-stream", "Content-Type", "application/json"};
    private static final String ELSEWHERE = "infraai:{chat}:another-gateway";

    @Inject
    RedisDataSource redis;

    @Inject
    TurnExecution turns;

    @Inject
    Conversations conversations;

    private final String session = "s-" + UUID.randomUUID();
    private ScriptedTurns engine;
    private User ada;

    @BeforeEach
    void anEngineListens() {
        engine = new ScriptedTurns(redis, turns);
        ada = User.with(Role.VIEWER);
    }

    private static List<String> types(List<JsonNode> frames) {
        return frames.stream().map(frame -> frame.path("type").asText()).toList();
    }

    private static List<Long> numbers(List<JsonNode> frames) {
        return frames.stream().map(frame -> frame.path("seq").asLong()).toList();
    }

    /** One that was asked at another gateway, to which its events go. */
    private ScriptedTurns.Turn askedElsewhere() {
        var actor = new Actor(new TenantId("default"), "key:" + ada.name(), Set.of(Role.VIEWER));
        var opened = ScriptedTurns.await(conversations.open(actor, Optional.of(ada.id()), session, "Hello", ELSEWHERE));
        return engine.claim(((Opened.Turn) opened).turn().id());
    }

    @Test
    void aTurnIsToldAsItHappens() {
        var asked = ada.asksForEvents(session, "Which pods are failing?");
        var turn = engine.next().tell(new Started(1));
        turn.call("c1", "list_pods").result("c1", "list_pods", "2 of 40 pods").answer("Two.");

        var frames = asked.join();
        assertThat(types(frames)).containsExactly("started", "tool_call", "tool_result", "done");
        assertThat(numbers(frames)).isSorted().doesNotHaveDuplicates();
        assertThat(frames)
                .allMatch(
                        frame -> frame.path("turn_id").asText().equals(turn.id().toString()));
        assertThat(frames.get(0).path("session_id").asText()).isEqualTo(session);
        assertThat(frames.get(1).path("call_id").asText()).isEqualTo("c1");
        assertThat(frames.get(2).path("status").asText()).isEqualTo("done");
        assertThat(frames.get(3).path("reply").asText()).isEqualTo("Two.");
    }

    @Test
    void whatIsNoMessageIsAProblemAndWhatIsFoundOutLaterIsAnErrorEvent() {
        new Gateway()
                .send("POST", "/api/chat", ada.key(), "{\"message\":\"\"}", EVENTS)
                .expectProblem(422, "invalid");
        var asked = ada.asks(session, "One");
        var turn = engine.next();
        var refused = ada.asksForEvents(session, "Two").join();
        assertThat(types(refused)).containsExactly("error");
        assertThat(refused.getFirst().path("code").asText()).isEqualTo("turn_in_progress");
        assertThat(refused.getFirst().path("turn_id").asText())
                .isEqualTo(turn.id().toString());
        turn.answer("1");
        asked.join().expect(200);
        var stranger = User.with(Role.ADMIN).follows(session, 0).join();
        assertThat(stranger.getFirst().path("code").asText()).isEqualTo("not_found");
        assertThat(stranger).hasSize(1);
    }

    @Test
    void whoeverAcceptsAnythingGetsJson() {
        var asked = CompletableFuture.supplyAsync(() -> new Gateway()
                .send(
                        "POST",
                        "/api/chat",
                        ada.key(),
                        User.message(session, "Hello"),
                        "Accept",
                        "*/*",
                        "Content-Type",
                        "application/json"));
        engine.next().answer("Hi");
        assertThat(asked.join().expect(200).body().path("reply").asText()).isEqualTo("Hi");
    }

    @Test
    void lostBellsCostTimeAndNoFrame() {
        var asked = ada.asksForEvents(session, "Which pods are failing?");
        var turn = engine.next();
        turn.store(new Started(1));
        var finished = new ToolFinished("c1", "list_pods", new ToolResult.Done("2 pods"));
        turn.call("c1", "list_pods").store(finished);
        turn.tellAgain(finished, turn.store(finished));
        turn.answer("Two.");

        assertThat(types(asked.join())).containsExactly("started", "tool_call", "tool_result", "tool_result", "done");
    }

    @Test
    void whatAnotherGatewayIsToldIsFoundInTheStore() {
        var turn = askedElsewhere().tell(new Started(1));
        var followed = ada.follows(session, 0);
        turn.store(new ToolFinished("c1", "list_pods", new ToolResult.Done("2 pods")));
        Gateway.eventually(() -> !turn.store(new Started(1)).equals(ELSEWHERE));
        turn.answer("Two.");

        var frames = followed.join();
        assertThat(types(frames)).startsWith("started", "tool_result").endsWith("done");
        assertThat(numbers(frames)).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void whoComesBackIsToldWhatCameSince() {
        var asked = ada.asks(session, "Which pods are failing?");
        engine.next()
                .tell(new Started(1))
                .call("c1", "list_pods")
                .result("c1", "list_pods", "2 of 40 pods")
                .answer("Two.");
        var last = asked.join().expect(200).body().path("seq").asLong();
        var all = ada.follows(session, 0).join();
        assertThat(types(all)).containsExactly("started", "tool_call", "tool_result", "done");
        assertThat(numbers(all).getLast()).isEqualTo(last);
        var call = all.get(1).path("seq").asLong();
        assertThat(ada.follows(session, call).join()).containsExactlyElementsOf(all.subList(2, 4));
        assertThat(ada.follows(session, last).join()).isEmpty();
    }
}
