package io.infraai.contracts.chat;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * A user's message and what came of it.
 *
 * @param number from 1 within its session
 * @param events the stored ones so far
 */
public record ChatTurn(
        UUID id,
        String sessionId,
        int number,
        String message,
        TurnState state,
        List<NumberedReply> events,
        Instant createdAt,
        @Nullable Instant doneAt) {

    public ChatTurn {
        events = List.copyOf(events);
    }
}
