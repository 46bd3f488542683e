package io.infraai.healing.sweep;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import org.jboss.logging.Logger;

import io.infraai.contracts.stream.EpisodesOpened;
import io.infraai.healing.evaluation.Bells;
import io.infraai.healing.evaluation.Planning;
import io.infraai.persistence.intake.EpisodeSweep;

/** Rings again for episodes that nobody decided about, and closes those that fell silent. */
@ApplicationScoped
class Sweeper {

    private static final Logger LOG = Logger.getLogger(Sweeper.class);

    private static final int AT_ONCE = 500;

    private final EpisodeSweep sweep;
    private final Planning planning;
    private final Bells bells;
    private final SweepConfig config;

    Sweeper(EpisodeSweep sweep, Planning planning, Bells bells, SweepConfig config) {
        this.sweep = sweep;
        this.planning = planning;
        this.bells = bells;
        this.config = config;
    }

    @Scheduled(every = "1m", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> closeSilent() {
        return putOff(sweep.closeSilent(config.silence(), AT_ONCE).replaceWithVoid());
    }

    @Scheduled(every = "{infraai.healing.sweep}", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> ringAgain() {
        return putOff(sweep.undecided(config.ringAgain(), AT_ONCE)
                .onItem()
                .transformToMulti(undecided -> Multi.createFrom().iterable(undecided))
                .onItem()
                .transformToUniAndConcatenate(this::ringOrDecide)
                .toUni()
                .replaceWithVoid());
    }

    private static Uni<Void> putOff(Uni<Void> sweep) {
        return sweep.onFailure()
                .invoke(e -> LOG.warnf("Sweep put off until the next round: %s", e.getMessage()))
                .onFailure()
                .recoverWithNull();
    }

    /** Without Redis the table alone must do: the episodes are decided about right here. */
    private Uni<Void> ringOrDecide(EpisodesOpened undecided) {
        return bells.ring(undecided).onFailure().recoverWithUni(() -> planning.decide(undecided));
    }
}
