package io.infraai.gateway.chat;

import java.util.Optional;
import java.util.UUID;

import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

import io.infraai.contracts.identity.Actor;
import io.infraai.gateway.problem.ErrorCode;
import io.infraai.gateway.problem.ProblemException;
import io.infraai.gateway.security.Bearer;
import io.infraai.gateway.security.KeyWatch;
import io.infraai.persistence.conversation.Conversations;

/** What a client on a WebSocket does in its session, which begins with the first message if there is none. */
final class ChatSpeaker {

    /** The latest turns, which have the session's last frame. */
    private static final int LATEST = 20;

    private final Bearer bearer;
    private final ChatDesk desk;
    private final TurnMailboxes mailboxes;
    private final Conversations conversations;
    private final KeyWatch keys;
    private @Nullable String sessionId;
    private volatile @Nullable Follower follower;
    private volatile boolean closed;

    ChatSpeaker(Bearer bearer, ChatDesk desk, TurnMailboxes mailboxes, Conversations conversations, KeyWatch keys) {
        this.bearer = bearer;
        this.desk = desk;
        this.mailboxes = mailboxes;
        this.conversations = conversations;
        this.keys = keys;
    }

    /** Whether the key that opened the connection still says what it said then. */
    Uni<Boolean> may() {
        return keys.holds(bearer);
    }

    /** Follows the session if it is one of the user's; of another nothing is to be learned, not even that there is one. */
    Uni<Void> begin(SocketWish wish, Receiver receiver) {
        sessionId = wish.sessionId().orElseGet(desk::newSessionId);
        if (wish.sessionId().isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return conversations
                .history(actor(), wish.sessionId().get(), LATEST)
                .invoke(turns ->
                        turns.ifPresent(known -> follow(wish.after().orElseGet(() -> HistoryView.seq(known)), receiver)
                                .look()))
                .replaceWithVoid();
    }

    private Follower follow(long after, Receiver receiver) {
        var known = follower;
        if (known == null) {
            known = mailboxes.session(actor(), session(), after, receiver);
            follower = known;
        }
        if (closed) {
            known.close();
        }
        return known;
    }

    /** The switch over what a client can say. */
    Uni<Void> carryOut(ClientFrame frame, Receiver receiver) {
        return switch (frame) {
            case ClientFrame.Message(var text) -> ask(text, receiver);
            case ClientFrame.Decision decision -> desk.decide(actor(), decision);
            case ClientFrame.Cancel() -> cancel();
        };
    }

    private Uni<Void> ask(String text, Receiver receiver) {
        return desk.ask(bearer, session(), text)
                .invoke(turn -> {
                    var following = follow(0, receiver);
                    following.expect(turn.id());
                    following.look();
                })
                .replaceWithVoid();
    }

    private Uni<Void> cancel() {
        return desk.cancel(actor(), session(), latest().orElseThrow(ChatSpeaker::nothing))
                .replaceWithVoid();
    }

    private Optional<UUID> latest() {
        return Optional.ofNullable(follower).flatMap(Follower::latest);
    }

    private static ProblemException nothing() {
        return new ProblemException(ErrorCode.NOT_ALLOWED_NOW, "There is nothing to cancel");
    }

    /** Also ends a following that begins at this very moment. */
    void close() {
        closed = true;
        var following = follower;
        if (following != null) {
            following.close();
        }
    }

    private Actor actor() {
        return bearer.actor();
    }

    private String session() {
        var id = sessionId;
        if (id == null) {
            throw new IllegalStateException("It has begun");
        }
        return id;
    }
}
