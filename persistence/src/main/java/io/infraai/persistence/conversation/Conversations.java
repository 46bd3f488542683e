package io.infraai.persistence.conversation;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

import io.infraai.contracts.chat.ChatSession;
import io.infraai.contracts.chat.ChatTurn;
import io.infraai.contracts.chat.TurnState;
import io.infraai.contracts.identity.Actor;

/** A user's sessions; for the gateway. Another user's session is no session, whoever asks. */
public interface Conversations {

    /**
     * Stores a message and the turn that is to answer it, and begins the session if there is none of that id.
     *
     * @param keyId the key that the user came with, which says at every step what the turn may do; without one it is what the
     *     actor may do now
     * @param replyTo the stream on which the caller follows the turn
     * @param traceparent the W3C trace context of the asking; absent when that isn't traced
     */
    Uni<Opened> open(
            Actor actor,
            Optional<String> keyId,
            String sessionId,
            String message,
            String replyTo,
            @Nullable String traceparent);

    /** The same for what is no part of a trace. */
    default Uni<Opened> open(Actor actor, Optional<String> keyId, String sessionId, String message, String replyTo) {
        return open(actor, keyId, sessionId, message, replyTo, null);
    }

    /** Newest first. */
    Uni<List<ChatSession>> sessions(Actor actor, int limit);

    /** The latest turns of a session in their order, with their events; empty when there is no such session. */
    Uni<Optional<List<ChatTurn>>> history(Actor actor, String sessionId, int limit);

    Uni<Optional<ChatTurn>> turn(Actor actor, UUID turnId);

    /** The turns of a session that have events after a sequence or aren't ended, with those events only. */
    Uni<Optional<List<ChatTurn>>> since(Actor actor, String sessionId, long sequence);

    /** Has what comes of an unfinished turn sent to another stream from its next stored event on. */
    Uni<Void> follow(Actor actor, UUID turnId, String replyTo);

    /** Ends a turn that nobody works on; one that an engine holds is told to stop. */
    Uni<Cancelled> cancel(Actor actor, UUID turnId);

    /** Deletes a session with all that was said in it; the tasks that it asked for stay. */
    Uni<Deleted> delete(Actor actor, String sessionId);

    /** How many turns the user began within the time. */
    Uni<Integer> turnsWithin(Actor actor, Duration time);

    sealed interface Opened {

        record Turn(ChatTurn turn) implements Opened {}

        /** The session is another user's. */
        record NotYours() implements Opened {}

        /** The session's turn before is still worked on. */
        record Busy(UUID turnId) implements Opened {}
    }

    sealed interface Deleted {

        record Gone() implements Deleted {}

        /** One of its turns isn't ended. */
        record Busy(UUID turnId) implements Deleted {}

        record Unknown() implements Deleted {}
    }

    sealed interface Cancelled {

        /**
         * @param now cancelled, or running when an engine was told to stop
         */
        record Asked(TurnState now) implements Cancelled {}

        record Ended(TurnState already) implements Cancelled {}

        record Unknown() implements Cancelled {}
    }
}
