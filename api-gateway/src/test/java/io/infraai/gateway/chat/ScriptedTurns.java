package io.infraai.gateway.chat;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.redis.datasource.stream.StreamRange;
import io.quarkus.redis.datasource.stream.XReadArgs;
import io.smallrye.mutiny.Uni;

import io.infraai.contracts.chat.NumberedReply;
import io.infraai.contracts.chat.ReplyEvent;
import io.infraai.contracts.chat.ReplyEvent.Completed;
import io.infraai.contracts.chat.ReplyEvent.Delta;
import io.infraai.contracts.chat.ReplyEvent.Failed;
import io.infraai.contracts.chat.ReplyEvent.Reasoned;
import io.infraai.contracts.chat.ReplyEvent.ToolFinished;
import io.infraai.contracts.chat.ToolRequest;
import io.infraai.contracts.chat.TurnFailure;
import io.infraai.contracts.chat.TurnState;
import io.infraai.contracts.chat.Usage;
import io.infraai.contracts.identity.TenantId;
import io.infraai.contracts.remediation.TaskState;
import io.infraai.contracts.stream.Streams;
import io.infraai.contracts.stream.TurnReplied;
import io.infraai.contracts.stream.TurnsReplied;
import io.infraai.contracts.tool.ToolResult;
import io.infraai.persistence.conversation.ClaimedTurn;
import io.infraai.persistence.conversation.TurnExecution;

import static org.assertj.core.api.Assertions.assertThat;

/** An engine in a test's hands: hears the bells for turns, stores events as an engine does, and tells them. */
final class ScriptedTurns {

    static final Usage USED = new Usage(100, 20, 7);

    private static final TenantId TENANT = new TenantId("default");
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final RedisDataSource redis;
    private final TurnExecution turns;
    private String heard;

    ScriptedTurns(RedisDataSource redis, TurnExecution turns) {
        this.redis = redis;
        this.turns = turns;
        var newest = redis.stream(String.class).xrevrange(Streams.TURNS, StreamRange.of("+", "-"), 1);
        this.heard = newest.isEmpty() ? "0" : newest.getFirst().id();
    }

    /** Takes up the next turn that is rung for and can be had. */
    Turn next() {
        while (true) {
            var claimed = await(turns.claim(TENANT, rung(), LEASE));
            if (claimed.isPresent()) {
                return new Turn(claimed.get());
            }
        }
    }

    private UUID rung() {
        var read = redis.stream(String.class)
                .xread(Streams.TURNS, heard, new XReadArgs().count(1).block(Duration.ofSeconds(5)));
        assertThat(read).as("a bell for a turn").isNotEmpty();
        heard = read.getFirst().id();
        return UUID.fromString(
                User.json(String.valueOf(read.getFirst().payload().get("data")))
                        .path("turnId")
                        .asText());
    }

    Turn claim(UUID id) {
        return new Turn(await(turns.claim(TENANT, id, LEASE)).orElseThrow());
    }

    static <T> T await(Uni<T> uni) {
        return uni.await().atMost(Duration.ofSeconds(10));
    }

    /** A turn that this engine holds. */
    final class Turn {

        private final ClaimedTurn claimed;
        private long sequence;

        private Turn(ClaimedTurn claimed) {
            this.claimed = claimed;
        }

        UUID id() {
            return claimed.turnId();
        }

        String session() {
            return claimed.sessionId();
        }

        /** Stores and tells. */
        Turn tell(ReplyEvent event) {
            return send(event, store(event));
        }

        /** Stores, and the bell is lost. */
        String store(ReplyEvent event) {
            var recorded = ScriptedTurns.await(turns.record(claimed, event, Usage.NONE))
                    .orElseThrow();
            sequence = recorded.sequence();
            return recorded.replyTo();
        }

        Turn call(String callId, String tool) {
            var arguments = JsonNodeFactory.instance.objectNode().put("namespace", "shop");
            return tell(new Reasoned("", List.of(new ToolRequest(callId, tool, arguments)), "scripted", USED));
        }

        Turn result(String callId, String tool, String summary) {
            var detail = JsonNodeFactory.instance.objectNode().put("pods", 2);
            return tell(new ToolFinished(callId, tool, new ToolResult.Done(summary, detail)));
        }

        /** Pieces of text, numbered from the last stored event on. */
        Turn say(String replyTo, String... pieces) {
            var next = sequence;
            for (var piece : pieces) {
                publish(replyTo, new NumberedReply(++next, new Delta(piece)));
            }
            return this;
        }

        void answer(String text) {
            finish(TurnState.DONE, text, new Completed(text, "scripted", USED));
        }

        void fail(TurnFailure reason, String message) {
            finish(TurnState.FAILED, message, new Failed(reason, message, USED));
        }

        private void finish(TurnState state, String reply, ReplyEvent last) {
            var recorded = ScriptedTurns.await(turns.finish(claimed, state, reply, last, Usage.NONE))
                    .orElseThrow();
            publish(recorded.replyTo(), new NumberedReply(recorded.sequence(), last));
        }

        /** Lets go of it until the task moves on. */
        void await(long taskId, TaskState seen) {
            assertThat(ScriptedTurns.await(turns.await(claimed, Map.of(taskId, seen))))
                    .isTrue();
        }

        boolean isToldToStop() {
            return ScriptedTurns.await(turns.heartbeat(claimed, LEASE)).orElseThrow();
        }

        private Turn send(ReplyEvent event, String replyTo) {
            publish(replyTo, new NumberedReply(sequence, event));
            return this;
        }

        /** Tells the last one again. */
        void tellAgain(ReplyEvent event, String replyTo) {
            send(event, replyTo);
        }

        private void publish(String replyTo, NumberedReply reply) {
            try {
                var told = new TurnsReplied(List.of(new TurnReplied(TENANT, session(), id(), reply)));
                redis.stream(String.class).xadd(replyTo, Map.of("data", JSON.writeValueAsString(told)));
            } catch (JsonProcessingException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
