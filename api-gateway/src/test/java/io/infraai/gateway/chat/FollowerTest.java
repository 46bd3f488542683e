package io.infraai.gateway.chat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import org.junit.jupiter.api.Test;

import io.infraai.contracts.chat.ChatTurn;
import io.infraai.contracts.chat.NumberedReply;
import io.infraai.contracts.chat.ReplyEvent;
import io.infraai.contracts.chat.ReplyEvent.Completed;
import io.infraai.contracts.chat.ReplyEvent.Delta;
import io.infraai.contracts.chat.ReplyEvent.Reasoned;
import io.infraai.contracts.chat.ReplyEvent.Started;
import io.infraai.contracts.chat.ReplyEvent.ToolFinished;
import io.infraai.contracts.chat.ToolRequest;
import io.infraai.contracts.chat.TurnState;
import io.infraai.contracts.chat.Usage;
import io.infraai.contracts.tool.ToolResult;

import static org.assertj.core.api.Assertions.assertThat;

class FollowerTest {

    private static final UUID TURN = new UUID(0, 1);
    private static final NumberedReply STARTED = new NumberedReply(1024, new Started(1));
    private static final NumberedReply ONE = new NumberedReply(1025, new Delta("Let me "));
    private static final NumberedReply TWO = new NumberedReply(1026, new Delta("look."));
    private static final NumberedReply CALLS = new NumberedReply(2048, calls("Let me look."));
    private static final NumberedReply RESULT =
            new NumberedReply(3072, new ToolFinished("a", "list_pods", new ToolResult.Done("2 pods")));
    private static final NumberedReply DONE = new NumberedReply(4096, new Completed("Two.", "m", Usage.NONE));

    /** What is stored, looked at when the test says so. */
    private static final class Store implements Follower.Followed {

        private final List<NumberedReply> events = new ArrayList<>();
        private final List<UniEmitter<? super List<ChatTurn>>> looks = new ArrayList<>();
        private final List<UUID> brought = new ArrayList<>();
        private TurnState state = TurnState.RUNNING;

        @Override
        public String sessionId() {
            return "s";
        }

        @Override
        public boolean holds(UUID turnId) {
            return true;
        }

        @Override
        public Uni<List<ChatTurn>> after(long sequence) {
            return Uni.createFrom().emitter(looks::add);
        }

        @Override
        public Uni<Void> bringHere(UUID turnId) {
            brought.add(turnId);
            return Uni.createFrom().voidItem();
        }

        @Override
        public void leave(Follower follower) {
            looks.clear();
        }

        void answer() {
            looks.removeFirst().complete(List.of(new ChatTurn(TURN, "s", 1, "?", state, events, Instant.EPOCH, null)));
        }
    }

    private static final class Told implements Receiver {

        private final List<Frame> frames = new ArrayList<>();
        private boolean quiet;

        @Override
        public void told(Frame frame, boolean mayBeLost) {
            frames.add(frame);
        }

        @Override
        public void quiet() {
            quiet = true;
        }

        List<Long> numbers() {
            return frames.stream().map(Frame::place).toList();
        }
    }

    private final Store store = new Store();
    private final Told told = new Told();

    private static ReplyEvent calls(String text) {
        var arguments = JsonNodeFactory.instance.objectNode();
        return new Reasoned(
                text,
                List.of(new ToolRequest("a", "list_pods", arguments), new ToolRequest("b", "list_nodes", arguments)),
                "m",
                Usage.NONE);
    }

    private Follower follower(long after) {
        return new Follower(store, told, after);
    }

    private static void hear(Follower follower, NumberedReply... replies) {
        for (var reply : replies) {
            follower.heard(TURN, reply);
        }
    }

    @Test
    void whatComesInOrderIsToldAtOnceAndTheTextOnlyOnce() {
        hear(follower(0), STARTED, ONE, TWO, CALLS, RESULT, DONE);

        assertThat(told.numbers()).containsExactly(1024L, 1025L, 1026L, 2049L, 2050L, 3072L, 4096L);
        assertThat(told.quiet).isTrue();
        assertThat(store.looks).isEmpty();
    }

    @Test
    void whatComesTwiceOrLateIsToldOnce() {
        hear(follower(0), STARTED, STARTED, TWO, ONE, CALLS, TWO, CALLS, STARTED);

        assertThat(told.numbers()).containsExactly(1024L, 1026L, 2049L, 2050L);
    }

    @Test
    void whatWasMissedIsLookedUpBeforeAnythingLaterIsTold() {
        var follower = follower(0);
        hear(follower, STARTED, RESULT, DONE);
        assertThat(told.numbers()).containsExactly(1024L);

        store.events.addAll(List.of(STARTED, CALLS, RESULT, DONE));
        store.state = TurnState.DONE;
        store.answer();
        assertThat(told.numbers()).containsExactly(1024L, 2048L, 2049L, 2050L, 3072L, 4096L);
        store.answer();
        assertThat(told.numbers()).hasSize(6);
        assertThat(told.quiet).isTrue();
    }

    @Test
    void silenceIsAReasonToLook() {
        var follower = follower(0);
        follower.expect(TURN);
        hear(follower, STARTED);
        follower.tick();
        assertThat(store.looks).isEmpty();
        follower.tick();
        assertThat(store.looks).hasSize(1);
        follower.tick();
        assertThat(store.looks).as("one at a time").hasSize(1);
        store.events.addAll(List.of(STARTED, DONE));
        store.state = TurnState.DONE;
        store.answer();
        assertThat(told.numbers()).containsExactly(1024L, 4096L);
        follower.tick();
        follower.tick();
        assertThat(store.looks).as("nothing is unfinished").isEmpty();
    }

    @Test
    void whoComesBackIsToldTheRestOfTheEventThatWasCutInTwo() {
        store.events.addAll(List.of(STARTED, CALLS, RESULT));
        var follower = follower(2049);
        follower.look();
        store.answer();

        assertThat(told.numbers()).containsExactly(2050L, 3072L);
        assertThat(store.brought).containsExactly(TURN);
    }

    @Test
    void whoComesBackInTheMiddleOfTextIsToldNoneOfItTwice() {
        store.events.addAll(List.of(STARTED));
        var follower = follower(1025);
        follower.look();
        store.answer();
        hear(follower, ONE, TWO);

        assertThat(told.numbers()).containsExactly(1026L);
    }

    @Test
    void whoLeftIsToldNothing() {
        var follower = follower(0);
        follower.close();
        hear(follower, STARTED);
        follower.tick();

        assertThat(told.frames).isEmpty();
    }
}
