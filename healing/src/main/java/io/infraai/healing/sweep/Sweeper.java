package io.infraai.healing.sweep;

import jakarta.enterprise.context.ApplicationScoped;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
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
    private final Counter rung;
    private final Counter unrung;

    Sweeper(EpisodeSweep sweep, Planning planning, Bells bells, SweepConfig config, MeterRegistry metrics) {
        this.sweep = sweep;
        this.planning = planning;
        this.bells = bells;
        this.config = config;
        this.rung = metrics.counter("infraai_bells_swept", "bell", "episodes", "way", "rung");
        this.unrung = metrics.counter("infraai_bells_swept", "bell", "episodes", "way", "unrung");
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
        var episodes = undecided.episodes().size();
        return bells.ring(undecided)
                .invoke(() -> rung.increment(episodes))
                .onFailure()
                .recoverWithUni(() -> {
                    unrung.increment(episodes);
                    return planning.decide(undecided);
                });
    }
}
