package io.infraai.persistence.conversation;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import io.smallrye.mutiny.Uni;

import io.infraai.contracts.chat.ReplyEvent;
import io.infraai.contracts.chat.TurnState;
import io.infraai.contracts.chat.Usage;
import io.infraai.contracts.identity.Actor;
import io.infraai.contracts.identity.TenantId;
import io.infraai.contracts.remediation.TaskState;
import io.infraai.contracts.stream.TurnRung;

/** A turn's life in an engine's hands. Every write carries the claim's fence and is refused once a later claim exists. */
public interface TurnExecution {

    /**
     * Takes a queued turn, or one whose lease has run out, in one statement: of many engines at most one is granted it.
     *
     * @param lease how long the claim lasts without {@link #heartbeat}, by the database's clock
     * @return empty when there is nothing to do now
     */
    Uni<Optional<ClaimedTurn>> claim(TenantId tenant, UUID turnId, Duration lease);

    /**
     * Stores what happened, and charges its usage to the user's day.
     *
     * @return empty when the claim is no longer ours: stop
     */
    Uni<Optional<Recorded>> record(ClaimedTurn turn, ReplyEvent event, Usage usage);

    /**
     * Stores the last event, charges what it took, and ends the turn.
     *
     * @param state one that {@link TurnState#ended()}
     * @param reply what the history shows as the answer
     */
    Uni<Optional<Recorded>> finish(ClaimedTurn turn, TurnState state, String reply, ReplyEvent last, Usage usage);

    /**
     * Lets go of the turn until one of the tasks moves on from the state it was seen in.
     *
     * @return false when the claim is no longer ours
     */
    Uni<Boolean> await(ClaimedTurn turn, Map<Long, TaskState> seen);

    /** Extends the lease; empty when the claim is no longer ours, else whether the user wants it stopped. */
    Uni<Optional<Boolean>> heartbeat(ClaimedTurn turn, Duration lease);

    /** Remembers a summary of the session's turns up to and with a number. */
    Uni<Void> summarise(ClaimedTurn turn, String summary, int upTo);

    /** Turns that are due and unclaimed or whose engine died, across tenants. Marks them as rung. */
    Uni<List<TurnRung>> due(Duration age, int limit);

    /** Queues waiting turns whose tasks moved on, across tenants. */
    Uni<List<TurnRung>> woken(int limit);

    /**
     * @param sequence the event's
     * @param replyTo the stream on which the turn is followed now
     * @param standing the user's at that moment
     */
    record Recorded(long sequence, String replyTo, Standing standing) {}

    /**
     * How a turn's user stands.
     *
     * @param admitted false once the key that the message came with was revoked or has expired
     * @param actor with the roles that the key gives now
     * @param spentToday what the user's turns cost since midnight UTC
     */
    record Standing(boolean admitted, Actor actor, Usage spentToday) {}
}
