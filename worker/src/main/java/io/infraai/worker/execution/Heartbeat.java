package io.infraai.worker.execution;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.enterprise.context.ApplicationScoped;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import org.jboss.logging.Logger;

import io.infraai.contracts.remediation.ClaimedTask;
import io.infraai.persistence.task.TaskExecution;

/**
 * Keeps a claim alive while its task is worked on, and stops the work when the claim is lost. So it knows which tasks the worker
 * has in hand.
 */
@ApplicationScoped
class Heartbeat {

    private static final Logger LOG = Logger.getLogger(Heartbeat.class);

    private final TaskExecution tasks;
    private final WorkerConfig config;
    /** By the claim's fence. */
    private final Map<Long, ClaimedTask> inHand = new ConcurrentHashMap<>();

    private final Counter lost;

    Heartbeat(TaskExecution tasks, WorkerConfig config, MeterRegistry metrics) {
        this.tasks = tasks;
        this.config = config;
        this.lost = metrics.counter("infraai_claims_lost");
    }

    /** What the work yields, or empty when another worker took the task over. */
    <T> Uni<Optional<T>> during(ClaimedTask task, Uni<T> work) {
        var gone = Multi.createFrom()
                .ticks()
                .startingAfter(config.heartbeat())
                .every(config.heartbeat())
                .onOverflow()
                .drop()
                .onItem()
                .transformToUniAndConcatenate(_ -> beat(task))
                .select()
                .where(ours -> !ours)
                .toUni()
                .invoke(() -> {
                    lost.increment();
                    LOG.warnf("Lost the claim on task %d to another worker", task.taskId());
                });
        return Uni.combine()
                .any()
                .of(work.map(Optional::of), gone.map(_ -> Optional.<T>empty()))
                .onSubscription()
                .invoke(() -> inHand.put(task.fence(), task))
                .onTermination()
                .invoke(() -> inHand.remove(task.fence()));
    }

    List<ClaimedTask> inHand() {
        return List.copyOf(inHand.values());
    }

    /** A database that can't be reached says nothing about the claim; the fence decides when it is back. */
    private Uni<Boolean> beat(ClaimedTask task) {
        return tasks.heartbeat(task, config.lease())
                .onFailure()
                .invoke(e -> LOG.warnf("No heartbeat for task %d: %s", task.taskId(), e.getMessage()))
                .onFailure()
                .recoverWithItem(true);
    }
}
