package io.infraai.worker.execution;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import org.jboss.logging.Logger;

import io.infraai.contracts.remediation.ClaimedTask;
import io.infraai.contracts.stream.TaskRung;
import io.infraai.persistence.task.TaskExecution;

/**
 * Gives the queue back what a stopping worker hasn't ended within its grace period, so that nobody waits for a lease to end: the
 * tasks for which nothing was called. What may have been called is left to the lease, and then settled.
 */
@ApplicationScoped
class Handback {

    private static final Logger LOG = Logger.getLogger(Handback.class);

    private static final long PATIENCE_SECONDS = 3;

    private final Heartbeat heartbeat;
    private final TaskExecution tasks;
    private final Bells bells;

    Handback(Heartbeat heartbeat, TaskExecution tasks, Bells bells) {
        this.heartbeat = heartbeat;
        this.tasks = tasks;
        this.bells = bells;
    }

    /** After the connector has ended the reading and waited for the handlers, before it closes the way out. */
    void atShutdown(@Observes ShutdownEvent event) {
        var left = heartbeat.inHand();
        var open = new CountDownLatch(left.size());
        left.forEach(task -> giveBack(task).subscribe().with(_ -> open.countDown(), failure -> {
            LOG.warnf("Task %d is left to its lease: %s", task.taskId(), failure.getMessage());
            open.countDown();
        }));
        try {
            if (!open.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warnf("%d tasks are left to their leases", open.getCount());
            }
        } catch (InterruptedException e) {
            LOG.debug("Interrupted while tasks were given back", e);
            Thread.currentThread().interrupt();
        }
    }

    private Uni<Void> giveBack(ClaimedTask task) {
        return tasks.release(task)
                .chain(released -> released
                        ? bells.ring(new TaskRung(task.tenant(), task.taskId()))
                        : Uni.createFrom().voidItem());
    }
}
