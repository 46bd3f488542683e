package io.infraai.engine.agent;

import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.infraai.contracts.stream.TurnCancelled;
import io.infraai.engine.bells.Bells;
import io.infraai.engine.reply.TurnJournal;
import io.infraai.engine.turn.Progress;
import io.infraai.persistence.conversation.ClaimedTurn;
import io.infraai.persistence.conversation.TurnExecution;

/** Keeps a claim alive while its turn is worked on, and stops the work when the claim is lost or the user wants it stopped. */
@ApplicationScoped
class TurnHold {

    private static final Logger LOG = Logger.getLogger(TurnHold.class);

    private final TurnExecution turns;
    private final AgentConfig config;
    private final Clock clock;
    private final Bells bells;
    private final ConcurrentMap<UUID, UniEmitter<? super End>> held = new ConcurrentHashMap<>();

    private enum End {
        DONE,
        LOST,
        CANCELLED
    }

    TurnHold(TurnExecution turns, AgentConfig config, Clock clock, Bells bells) {
        this.turns = turns;
        this.config = config;
        this.clock = clock;
        this.bells = bells;
    }

    /** A turn as it stands when an engine begins to work on it. */
    Work begin(ClaimedTurn turn, @Nullable String trace) {
        var journal = new TurnJournal(turns, bells, turn);
        var deadline = clock.instant().plus(config.time());
        return new Work(turn, journal, Progress.of(turn.events()), deadline, trace);
    }

    boolean over(Instant deadline) {
        return clock.instant().isAfter(deadline);
    }

    /**
     * @param cancelled what is done instead of the rest of the work
     */
    Uni<Void> during(ClaimedTurn turn, Uni<Void> work, Supplier<Uni<Void>> cancelled) {
        var stopped = Uni.createFrom().<End>emitter(emitter -> held.put(turn.turnId(), emitter));
        return Uni.combine()
                .any()
                .of(stopped, heart(turn), work.replaceWith(End.DONE))
                .onTermination()
                .invoke(() -> held.remove(turn.turnId()))
                .chain(end -> end == End.CANCELLED
                        ? cancelled.get()
                        : Uni.createFrom().voidItem());
    }

    private Uni<End> heart(ClaimedTurn turn) {
        return Multi.createFrom()
                .ticks()
                .startingAfter(config.heartbeat())
                .every(config.heartbeat())
                .onOverflow()
                .drop()
                .onItem()
                .transformToUniAndConcatenate(_ -> beat(turn))
                .select()
                .where(end -> end != End.DONE)
                .toUni();
    }

    /** A database that can't be reached says nothing about the claim; the fence decides when it is back. */
    private Uni<End> beat(ClaimedTurn turn) {
        return turns.heartbeat(turn, config.lease())
                .map(ours ->
                        ours.map(cancel -> cancel ? End.CANCELLED : End.DONE).orElse(End.LOST))
                .onFailure()
                .invoke(e -> LOG.warnf("No heartbeat for turn %s: %s", turn.turnId(), e.getMessage()))
                .onFailure()
                .recoverWithItem(End.DONE);
    }

    /** Another engine may hold it, or none. */
    @Incoming("cancels-in")
    Uni<Void> onCancelled(TurnCancelled cancelled) {
        var emitter = held.get(cancelled.turnId());
        if (emitter != null) {
            emitter.complete(End.CANCELLED);
        }
        return Uni.createFrom().voidItem();
    }
}
