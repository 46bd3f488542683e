package io.infraai.engine.reply;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

import io.smallrye.mutiny.Uni;

import io.infraai.contracts.chat.NumberedReply;
import io.infraai.contracts.chat.ReplyEvent;
import io.infraai.contracts.chat.TurnState;
import io.infraai.contracts.chat.Usage;
import io.infraai.contracts.stream.TurnReplied;
import io.infraai.engine.bells.Bells;
import io.infraai.persistence.conversation.ClaimedTurn;
import io.infraai.persistence.conversation.TurnExecution;
import io.infraai.persistence.conversation.TurnExecution.Recorded;
import io.infraai.persistence.conversation.TurnExecution.Standing;

/** Stores what happens in one turn and tells it to whoever follows it, in this order. */
public final class TurnJournal {

    /** Deltas that share the block of the event before them come after the frames that are made of that event. */
    private static final int FIRST_DELTA = 64;

    private static final int MOST_DELTAS = NumberedReply.BLOCK - FIRST_DELTA;

    /** How many numbers of a block deltas may use for any text at all; after so many more of them it must be four times as much. */
    private static final int ANY_TEXT = MOST_DELTAS / 2;

    private static final int DEARER = ANY_TEXT / 8;

    private final TurnExecution turns;
    private final Bells bells;
    private final ClaimedTurn turn;

    private final AtomicReference<Usage> charged = new AtomicReference<>(Usage.NONE);
    private volatile Place place = new Place("", 0, 0);
    private volatile Standing standing;

    /**
     * @param event sequence of the latest stored one
     * @param deltas told since
     */
    private record Place(String replyTo, long event, int deltas) {}

    /** Another engine holds the turn: whoever gets this stops. */
    public static final class ClaimLost extends RuntimeException {

        private static final long serialVersionUID = 1L;

        ClaimLost() {
            super("Another engine holds the turn", null, false, false);
        }
    }

    public TurnJournal(TurnExecution turns, Bells bells, ClaimedTurn turn) {
        this.turns = turns;
        this.bells = bells;
        this.turn = turn;
        this.standing = new Standing(true, turn.actor(), Usage.NONE);
    }

    /** Fails with {@link ClaimLost} when the turn isn't ours any more. */
    public Uni<Void> record(ReplyEvent event, Usage used) {
        return turns.record(turn, event, used)
                .map(recorded -> recorded.orElseThrow(ClaimLost::new))
                .invoke(recorded -> {
                    charged.accumulateAndGet(used, Usage::plus);
                    standing = recorded.standing();
                    tell(recorded, event);
                })
                .replaceWithVoid();
    }

    /** What was recorded as used since the turn was claimed. */
    public Usage charged() {
        return Objects.requireNonNull(charged.get());
    }

    /** How the turn's user stood when the latest event was recorded. */
    public Standing standing() {
        return standing;
    }

    /** Ends the turn. Fails with {@link ClaimLost} when it isn't ours any more. */
    public Uni<Void> end(TurnState state, String reply, ReplyEvent last, Usage used) {
        return turns.finish(turn, state, reply, last, used)
                .map(recorded -> recorded.orElseThrow(ClaimLost::new))
                .invoke(recorded -> tell(recorded, last))
                .replaceWithVoid();
    }

    /** Only travels, and may be lost. Completes once it is on its way or lost. */
    Uni<Void> delta(String text) {
        var now = place;
        var next = Math.min(now.deltas() + 1, MOST_DELTAS);
        place = new Place(now.replyTo(), now.event(), next);
        return sent(now.replyTo(), new NumberedReply(now.event() + FIRST_DELTA + next - 1, new ReplyEvent.Delta(text)));
    }

    /** Characters that the next delta should have: the fewer numbers are left, the more, so that they last for any answer. */
    int leastDelta() {
        var dear = Math.max(0, place.deltas() - ANY_TEXT) / DEARER;
        return 1 << (2 * dear);
    }

    private void tell(Recorded recorded, ReplyEvent event) {
        place = new Place(recorded.replyTo(), recorded.sequence(), 0);
        var _ = sent(recorded.replyTo(), new NumberedReply(recorded.sequence(), event))
                .subscribe()
                .with(_ -> {});
    }

    private Uni<Void> sent(String replyTo, NumberedReply reply) {
        return bells.replied(replyTo, new TurnReplied(turn.actor().tenant(), turn.sessionId(), turn.turnId(), reply));
    }
}
