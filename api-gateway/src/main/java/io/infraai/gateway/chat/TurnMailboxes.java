package io.infraai.gateway.chat;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Incoming;

import io.infraai.contracts.chat.ChatTurn;
import io.infraai.contracts.identity.Actor;
import io.infraai.contracts.identity.TenantId;
import io.infraai.contracts.stream.TurnReplied;
import io.infraai.contracts.stream.TurnsReplied;
import io.infraai.persistence.conversation.Conversations;

/**
 * Who follows which conversation on this instance. Engines send what happens in a turn to the stream of the instance that
 * asked (Return Address).
 */
@ApplicationScoped
class TurnMailboxes {

    private final Conversations conversations;
    private final Vertx vertx;
    private final ChatConfig config;
    private final String replyTo;
    private final ConcurrentMap<Session, Set<Follower>> followers = new ConcurrentHashMap<>();

    private record Session(TenantId tenant, String id) {}

    TurnMailboxes(
            Conversations conversations,
            Vertx vertx,
            ChatConfig config,
            @ConfigProperty(name = "mp.messaging.incoming.gateway-chat-in.stream") String replyTo) {
        this.conversations = conversations;
        this.vertx = vertx;
        this.config = config;
        this.replyTo = replyTo;
    }

    void start(@Observes StartupEvent start) {
        vertx.setPeriodic(
                config.look().toMillis(), _ -> followers.values().forEach(all -> all.forEach(Follower::tick)));
    }

    /** The stream on which this instance is told of turns. */
    String replyTo() {
        return replyTo;
    }

    /** Follows one turn, which its user opened here. */
    Follower turn(Actor actor, ChatTurn turn, Receiver receiver) {
        var follower = follower(new OneTurn(actor, turn), receiver, 0);
        follower.expect(turn.id());
        return follower;
    }

    /**
     * Follows all turns of a session that is known to be the user's.
     *
     * @param after number of the last frame that the receiver has
     */
    Follower session(Actor actor, String sessionId, long after, Receiver receiver) {
        return follower(new WholeSession(actor, sessionId), receiver, after);
    }

    private Follower follower(InSession followed, Receiver receiver, long after) {
        var follower = new Follower(followed, receiver, after);
        followers.compute(followed.key(), (_, known) -> {
            var all = known == null ? ConcurrentHashMap.<Follower>newKeySet() : known;
            all.add(follower);
            return all;
        });
        return follower;
    }

    /** Has what is stored of a session told to its followers now. */
    void look(TenantId tenant, String sessionId) {
        followers.getOrDefault(new Session(tenant, sessionId), Set.of()).forEach(Follower::look);
    }

    /** What nobody follows here any more is stored, and let go. */
    @Incoming("gateway-chat-in")
    Uni<Void> onReplies(TurnsReplied replied) {
        replied.replies().forEach(this::onReply);
        return Uni.createFrom().voidItem();
    }

    private void onReply(TurnReplied replied) {
        followers
                .getOrDefault(new Session(replied.tenant(), replied.sessionId()), Set.of())
                .forEach(follower -> follower.heard(replied.turnId(), replied.reply()));
    }

    private abstract class InSession implements Follower.Followed {

        final Actor actor;
        private final String sessionId;

        InSession(Actor actor, String sessionId) {
            this.actor = actor;
            this.sessionId = sessionId;
        }

        Session key() {
            return new Session(actor.tenant(), sessionId);
        }

        @Override
        public String sessionId() {
            return sessionId;
        }

        @Override
        public Uni<Void> bringHere(UUID turnId) {
            return conversations.follow(actor, turnId, replyTo);
        }

        @Override
        public void leave(Follower follower) {
            followers.computeIfPresent(key(), (_, all) -> {
                all.remove(follower);
                return all.isEmpty() ? null : all;
            });
        }
    }

    private final class OneTurn extends InSession {

        private final UUID turnId;

        OneTurn(Actor actor, ChatTurn turn) {
            super(actor, turn.sessionId());
            this.turnId = turn.id();
        }

        @Override
        public boolean holds(UUID other) {
            return turnId.equals(other);
        }

        @Override
        public Uni<List<ChatTurn>> after(long sequence) {
            return conversations.turn(actor, turnId).map(turn -> turn.stream().toList());
        }
    }

    private final class WholeSession extends InSession {

        WholeSession(Actor actor, String sessionId) {
            super(actor, sessionId);
        }

        @Override
        public boolean holds(UUID turnId) {
            return true;
        }

        @Override
        public Uni<List<ChatTurn>> after(long sequence) {
            return conversations.since(actor, sessionId(), sequence).map(turns -> turns.orElse(List.of()));
        }
    }
}
