package io.infraai.gateway.chat;

import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import org.jspecify.annotations.Nullable;

import io.infraai.contracts.chat.ChatTurn;
import io.infraai.contracts.identity.Actor;
import io.infraai.gateway.request.CallerContext;
import io.infraai.persistence.conversation.Conversations;

/** Waits for what comes of a turn. */
@ApplicationScoped
class Answers {

    private final TurnMailboxes mailboxes;
    private final Conversations conversations;
    private final ChatConfig config;

    Answers(TurnMailboxes mailboxes, Conversations conversations, ChatConfig config) {
        this.mailboxes = mailboxes;
        this.conversations = conversations;
        this.config = config;
    }

    /** The turn once it has ended, or waits for a person, or as it stands when the time for an answer is over. */
    Uni<ChatTurn> to(Actor actor, ChatTurn turn) {
        return Uni.createFrom()
                .<ChatTurn>emitter(emitter -> {
                    var patience = new Patience(emitter);
                    var follower = mailboxes.turn(actor, turn, patience);
                    patience.follower = follower;
                    emitter.onTermination(follower::close);
                    follower.look();
                })
                .ifNoItem()
                .after(config.answerDeadline())
                .recoverWithUni(() -> conversations.turn(actor, turn.id()).map(stands -> stands.orElse(turn)))
                .emitOn(CallerContext.current());
    }

    private static final class Patience implements Receiver {

        private final UniEmitter<? super ChatTurn> emitter;
        private volatile @Nullable Follower follower;

        Patience(UniEmitter<? super ChatTurn> emitter) {
            this.emitter = emitter;
        }

        /** What may have been the last is a reason to look at the whole. */
        @Override
        public void told(Frame frame, boolean mayBeLost) {
            var looker = follower;
            if (looker != null && isPause(frame)) {
                looker.look();
            }
        }

        private static boolean isPause(Frame frame) {
            return frame instanceof Frame.Done
                    || frame instanceof Frame.Wrong
                    || frame instanceof Frame.ApprovalRequired;
        }

        @Override
        public void looked(List<ChatTurn> turns) {
            turns.stream()
                    .filter(turn -> turn.state().ended() || TurnView.awaitsPerson(turn))
                    .findFirst()
                    .ifPresent(emitter::complete);
        }
    }
}
