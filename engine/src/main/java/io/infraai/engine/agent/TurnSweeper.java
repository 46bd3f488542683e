package io.infraai.engine.agent;

import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import org.jboss.logging.Logger;

import io.infraai.contracts.stream.TurnRung;
import io.infraai.engine.bells.Bells;
import io.infraai.persistence.conversation.TurnExecution;

/** Rings again for turns whose bell was lost or whose engine died, and for those whose tasks moved on. */
@ApplicationScoped
class TurnSweeper {

    private static final Logger LOG = Logger.getLogger(TurnSweeper.class);

    private static final int AT_ONCE = 500;

    private final TurnExecution turns;
    private final Bells bells;
    private final TurnRunner runner;
    private final AgentConfig config;
    private final Counter rung;
    private final Counter unrung;

    TurnSweeper(TurnExecution turns, Bells bells, TurnRunner runner, AgentConfig config, MeterRegistry metrics) {
        this.turns = turns;
        this.bells = bells;
        this.runner = runner;
        this.config = config;
        this.rung = metrics.counter("infraai_bells_swept", "bell", "turns", "way", "rung");
        this.unrung = metrics.counter("infraai_bells_swept", "bell", "turns", "way", "unrung");
    }

    @Scheduled(every = "{infraai.agent.sweep}", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> sweep() {
        return turns.woken(AT_ONCE)
                .chain(this::ring)
                .chain(() -> turns.due(config.ringAgain(), AT_ONCE))
                .chain(this::ring)
                .onFailure()
                .invoke(e -> LOG.warnf("Sweep of turns put off by a second: %s", e.getMessage()))
                .onFailure()
                .recoverWithNull();
    }

    /** Without Redis the table alone must do: the turn is worked on right here. */
    private Uni<Void> ring(List<TurnRung> due) {
        return Multi.createFrom()
                .iterable(due)
                .onItem()
                .transformToUni(turn -> bells.turnDue(turn)
                        .invoke(() -> rung.increment())
                        .onFailure()
                        .recoverWithUni(() -> {
                            unrung.increment();
                            return runner.run(turn, null);
                        }))
                .merge(64)
                .toUni()
                .replaceWithVoid();
    }
}
