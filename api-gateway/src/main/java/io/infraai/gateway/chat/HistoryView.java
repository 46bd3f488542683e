package io.infraai.gateway.chat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

import io.infraai.contracts.chat.ChatTurn;

/**
 * A conversation so far.
 *
 * @param messages what was said, in order
 * @param turns the same with what was done for it
 * @param seq number of the last frame of all that
 */
@JsonNaming(SnakeCaseStrategy.class)
record HistoryView(String sessionId, List<Said> messages, List<TurnView> turns, long seq) {

    /**
     * @param role user or assistant
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record Said(String role, String content, UUID turnId, Instant at) {}

    static HistoryView of(String sessionId, List<ChatTurn> turns) {
        var views = turns.stream().map(TurnView::of).toList();
        var messages = new ArrayList<Said>();
        for (var turn : views) {
            messages.add(new Said("user", turn.message(), turn.turnId(), turn.createdAt()));
            if (turn.reply() != null && turn.doneAt() != null) {
                messages.add(new Said("assistant", turn.reply(), turn.turnId(), turn.doneAt()));
            }
        }
        return new HistoryView(sessionId, messages, views, seq(turns));
    }

    static long seq(List<ChatTurn> turns) {
        return turns.stream().mapToLong(TurnView::seq).max().orElse(0);
    }
}
