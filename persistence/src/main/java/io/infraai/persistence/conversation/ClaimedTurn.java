package io.infraai.persistence.conversation;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.infraai.contracts.chat.ChatTurn;
import io.infraai.contracts.chat.ReplyEvent;
import io.infraai.contracts.identity.Actor;

/**
 * A turn that one engine holds for as long as its lease lasts.
 *
 * @param actor the user with the roles of the time of asking; what they are now, every stored event says
 * @param fence grows with every claim: whoever holds an older one writes nothing any more
 * @param attempt from 1; more when an engine died over it
 * @param events what was stored of it so far
 * @param summary of the session's turns before {@code earlier}; empty when there are none
 * @param age since it was asked
 * @param traceparent the W3C trace context that it was asked in; absent when that wasn't traced
 * @param earlier the session's turns before this one, the oldest first, bounded
 */
public record ClaimedTurn(
        Actor actor,
        UUID turnId,
        String sessionId,
        String message,
        long fence,
        int attempt,
        List<ReplyEvent> events,
        String summary,
        List<ChatTurn> earlier,
        Duration age,
        @Nullable String traceparent) {

    public ClaimedTurn {
        events = List.copyOf(events);
        earlier = List.copyOf(earlier);
    }
}
