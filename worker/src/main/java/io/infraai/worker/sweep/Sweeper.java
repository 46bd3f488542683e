package io.infraai.worker.sweep;

import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import org.jboss.logging.Logger;

import io.infraai.contracts.stream.TaskRung;
import io.infraai.persistence.task.TaskSweep;
import io.infraai.worker.execution.Bells;
import io.infraai.worker.execution.TaskRunner;
import io.infraai.worker.execution.WorkerConfig;

/** Rings again what was rung for in vain, and ends what may no longer start. */
@ApplicationScoped
class Sweeper {

    private static final Logger LOG = Logger.getLogger(Sweeper.class);

    private static final int AT_ONCE = 500;
    /** So that what was put back, or left by a dead worker, gets into the stream however busy all are. */
    private static final int AT_ONCE_WHEN_FULL = 8;

    private final TaskSweep sweep;
    private final Bells bells;
    private final TaskRunner runner;
    private final WorkerConfig config;
    private final Counter rung;
    private final Counter unrung;

    Sweeper(TaskSweep sweep, Bells bells, TaskRunner runner, WorkerConfig config, MeterRegistry metrics) {
        this.sweep = sweep;
        this.bells = bells;
        this.runner = runner;
        this.config = config;
        this.rung = metrics.counter("infraai_bells_swept", "bell", "tasks", "way", "rung");
        this.unrung = metrics.counter("infraai_bells_swept", "bell", "tasks", "way", "unrung");
    }

    @Scheduled(every = "{infraai.worker.sweep}", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> sweep() {
        return sweep.endStale(AT_ONCE)
                .chain(this::due)
                .onItem()
                .transformToMulti(due -> Multi.createFrom().iterable(due))
                .onItem()
                .transformToUni(this::ringOrRun)
                .merge(64)
                .toUni()
                .onFailure()
                .invoke(e -> LOG.warnf("Sweep put off by a second: %s", e.getMessage()))
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }

    /**
     * Who has no room reads no bells: most of what waits is behind others, not lost. Were all of it rung again and again, the stream
     * would seem ever longer to whoever scales by it.
     */
    private Uni<List<TaskRung>> due() {
        return sweep.due(config.ringAgain(), runner.hasRoom() ? AT_ONCE : AT_ONCE_WHEN_FULL);
    }

    /** Without Redis the table alone must do: the task is run right here. */
    private Uni<Void> ringOrRun(TaskRung due) {
        return bells.ring(due).invoke(() -> rung.increment()).onFailure().recoverWithUni(() -> {
            unrung.increment();
            return runner.run(due);
        });
    }
}
