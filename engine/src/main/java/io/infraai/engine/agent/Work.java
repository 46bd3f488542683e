package io.infraai.engine.agent;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.infraai.contracts.chat.ReplyEvent;
import io.infraai.engine.reply.TurnJournal;
import io.infraai.engine.turn.Progress;
import io.infraai.persistence.conversation.ClaimedTurn;

/**
 * A turn in an engine's hands.
 *
 * @param deadline of this engine's work on it
 * @param trace the W3C trace context of this engine's work on it; absent when that isn't traced
 */
record Work(
        ClaimedTurn turn,
        TurnJournal journal,
        Progress progress,
        Instant deadline,
        @Nullable String trace) {

    Work after(List<ReplyEvent> events) {
        var next = progress;
        for (var event : events) {
            next = next.after(event);
        }
        return new Work(turn, journal, next, deadline, trace);
    }
}
