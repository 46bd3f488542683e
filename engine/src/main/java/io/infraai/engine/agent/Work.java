package io.infraai.engine.agent;

import java.time.Instant;
import java.util.List;

import io.infraai.contracts.chat.ReplyEvent;
import io.infraai.engine.reply.TurnJournal;
import io.infraai.engine.turn.Progress;
import io.infraai.persistence.conversation.ClaimedTurn;

/**
 * A turn in an engine's hands.
 *
 * @param deadline of this engine's work on it
 */
record Work(ClaimedTurn turn, TurnJournal journal, Progress progress, Instant deadline) {

    Work after(List<ReplyEvent> events) {
        var next = progress;
        for (var event : events) {
            next = next.after(event);
        }
        return new Work(turn, journal, next, deadline);
    }
}
