package io.infraai.gateway.chat;

import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import io.smallrye.mutiny.Uni;
import org.jboss.logging.Logger;

import io.infraai.contracts.chat.ChatTurn;
import io.infraai.contracts.chat.NumberedReply;
import io.infraai.contracts.chat.ReplyEvent;

/**
 * Brings what the stream says and what is stored into one order. The stream is quick and may lose, double and reorder; the
 * store has every event but text as it is being written. An event that follows the last told one is told at once, for a later
 * one the store is asked what was missed.
 */
final class Follower {

    private static final Logger LOG = Logger.getLogger(Follower.class);

    private final Followed followed;
    private final Receiver receiver;
    private final Set<UUID> unfinished = new LinkedHashSet<>();
    private final Set<UUID> ours = new HashSet<>();
    private long stored;
    private long told;
    private boolean streamed;
    private boolean heard;
    private boolean looking;
    private boolean again;
    private volatile boolean closed;

    /** What is followed, and where it is stored. */
    interface Followed {

        String sessionId();

        boolean holds(UUID turnId);

        /** The turns that aren't ended or have events after this one, with those events. */
        Uni<List<ChatTurn>> after(long sequence);

        /** Has the turn's events sent to this instance from now on. */
        Uni<Void> bringHere(UUID turnId);

        /** Nobody follows it here any more. */
        void leave(Follower follower);
    }

    /**
     * @param after number of the last frame that the receiver has; 0 when it has none
     */
    Follower(Followed followed, Receiver receiver, long after) {
        this.followed = followed;
        this.receiver = receiver;
        this.told = after;
        // of the event that the last frame belongs to, there may be more frames
        this.stored = Math.max(0, after - after % NumberedReply.BLOCK - NumberedReply.BLOCK);
    }

    /** A turn that was opened here: its events are sent here already. */
    synchronized void expect(UUID turnId) {
        ours.add(turnId);
        unfinished.add(turnId);
        again |= looking;
    }

    synchronized void heard(UUID turnId, NumberedReply reply) {
        if (closed || !followed.holds(turnId)) {
            return;
        }
        heard = true;
        if (reply.event() instanceof ReplyEvent.Delta) {
            passing(turnId, reply);
        } else if (reply.sequence() == stored + NumberedReply.BLOCK) {
            deliver(turnId, reply);
            restIfQuiet();
        } else if (reply.sequence() > stored) {
            look();
        }
    }

    /** Text belongs to the stored event before it; once a later one was told, it is void. */
    private void passing(UUID turnId, NumberedReply delta) {
        var seq = delta.sequence();
        if (seq - seq % NumberedReply.BLOCK == stored && seq > told) {
            told = seq;
            streamed = true;
            Frames.of(followed.sessionId(), turnId, delta, false).forEach(frame -> receiver.told(frame, true));
        }
    }

    private void deliver(UUID turnId, NumberedReply reply) {
        stored = reply.sequence();
        for (var frame : Frames.of(followed.sessionId(), turnId, reply, streamed)) {
            if (frame.place() > told) {
                told = frame.place();
                receiver.told(frame, false);
            }
        }
        told = Math.max(told, stored);
        streamed = false;
        if (Frames.isLast(reply.event())) {
            unfinished.remove(turnId);
        } else {
            unfinished.add(turnId);
        }
    }

    /** Once a round: looks if an unfinished turn has said nothing since the last one. */
    synchronized void tick() {
        if (!heard && !looking && !unfinished.isEmpty()) {
            look();
        }
        heard = false;
    }

    synchronized void look() {
        if (closed || looking) {
            again = looking;
            return;
        }
        looking = true;
        var _ = followed.after(stored).subscribe().with(this::seen, this::unseen);
    }

    private synchronized void seen(List<ChatTurn> turns) {
        looking = false;
        if (closed) {
            return;
        }
        record Event(UUID turnId, NumberedReply reply) {}
        turns.stream()
                .flatMap(turn -> turn.events().stream().map(reply -> new Event(turn.id(), reply)))
                .sorted(Comparator.comparingLong(event -> event.reply().sequence()))
                .filter(event -> event.reply().sequence() > stored)
                .forEachOrdered(event -> deliver(event.turnId(), event.reply()));
        unfinished.clear();
        turns.stream().filter(turn -> !turn.state().ended()).map(ChatTurn::id).forEach(unfinished::add);
        unfinished.stream().filter(ours::add).forEach(this::bringHere);
        receiver.looked(turns);
        if (again) {
            again = false;
            look();
        } else {
            restIfQuiet();
        }
    }

    private void bringHere(UUID turnId) {
        var _ = followed.bringHere(turnId).subscribe().with(_ -> {}, Follower::missed);
    }

    /** The next round looks again. */
    private synchronized void unseen(Throwable failure) {
        looking = false;
        missed(failure);
    }

    private static void missed(Throwable failure) {
        LOG.debugf("A conversation could not be looked at: %s", failure.getMessage());
    }

    private void restIfQuiet() {
        if (unfinished.isEmpty() && !closed) {
            receiver.quiet();
        }
    }

    /** The turn that was begun last of those that aren't ended. */
    synchronized Optional<UUID> latest() {
        return unfinished.stream().reduce((_, later) -> later);
    }

    /** Takes no lock, since who is told may close. */
    void close() {
        closed = true;
        followed.leave(this);
    }
}
