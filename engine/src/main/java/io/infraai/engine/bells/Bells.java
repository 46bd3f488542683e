package io.infraai.engine.bells;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.eclipse.microprofile.reactive.messaging.OnOverflow.Strategy;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.infraai.contracts.stream.TaskRung;
import io.infraai.contracts.stream.TurnReplied;
import io.infraai.contracts.stream.TurnRung;
import io.infraai.contracts.stream.TurnsReplied;
import io.infraai.messaging.redis.OutgoingStreamMetadata;
import io.infraai.messaging.redis.tracing.Spans;

/**
 * Rings after a commit. Nothing waits for a bell: a task or a turn is rung again by a sweeper, and whoever follows a turn
 * looks at what is stored of it as well.
 */
@ApplicationScoped
public final class Bells {

    private static final Logger LOG = Logger.getLogger(Bells.class);

    /** More than that is a Redis that hangs. */
    private static final int MOST_WAITING = 10_000;

    private final MutinyEmitter<TaskRung> tasks;
    private final MutinyEmitter<TurnRung> turns;
    private final ReplyStreams replies;
    private final Spans spans;

    Bells(
            @Channel("engine-tasks-out") @OnOverflow(value = Strategy.BUFFER, bufferSize = MOST_WAITING)
                    MutinyEmitter<TaskRung> tasks,
            @Channel("engine-turns-out") @OnOverflow(value = Strategy.BUFFER, bufferSize = MOST_WAITING)
                    MutinyEmitter<TurnRung> turns,
            @Channel("engine-chat-out") @OnOverflow(value = Strategy.BUFFER, bufferSize = MOST_WAITING)
                    MutinyEmitter<TurnsReplied> replies,
            Spans spans) {
        this.tasks = tasks;
        this.turns = turns;
        this.replies = new ReplyStreams((stream, entry) ->
                replies.sendMessage(Message.of(entry, Metadata.of(OutgoingStreamMetadata.to(stream)))));
        this.spans = spans;
    }

    public void taskDue(TaskRung task, @Nullable String trace) {
        ring(Uni.createFrom().deferred(() -> tasks.sendMessage(spans.bell(task, trace))));
    }

    /** Fails when Redis can't be reached, so that the caller may do without. */
    public Uni<Void> turnDue(TurnRung turn) {
        return Uni.createFrom().deferred(() -> turns.send(turn));
    }

    /** To the gateway instance that follows the turn. Completes once Redis has it, or won't have it. */
    public Uni<Void> replied(String replyTo, TurnReplied reply) {
        return replies.tell(replyTo, reply)
                .onFailure()
                .invoke(Bells::unheard)
                .onFailure()
                .recoverWithNull();
    }

    private static void ring(Uni<Void> bell) {
        bell.subscribe().with(_ -> {}, Bells::unheard);
    }

    private static void unheard(Throwable failure) {
        LOG.debugf("A bell was not rung: %s", failure.getMessage());
    }
}
