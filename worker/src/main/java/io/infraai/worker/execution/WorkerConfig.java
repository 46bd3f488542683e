package io.infraai.worker.execution;

import java.time.Duration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How a worker treats the tasks it takes. */
@ConfigMapping(prefix = "infraai.worker")
public interface WorkerConfig {

    /** What the journal calls this worker; the pod's name in Kubernetes. */
    @WithDefault("${HOSTNAME:worker}")
    String name();

    /**
     * Tasks in hand at once, those that wait for a lane to their platform included. The channel takes no bells beyond them, so that
     * what this worker can't begin is there for the others.
     */
    @WithDefault("64")
    int slots();

    /** How long a claim lasts without a heartbeat before another worker may take the task over. */
    @WithDefault("30s")
    Duration lease();

    /** How often a claim is extended; a third of the lease lets two heartbeats be lost. */
    @WithDefault("10s")
    Duration heartbeat();

    /** Attempts that may fail before the task does. */
    @WithDefault("5")
    int attempts();

    /** First pause between two attempts; doubles with each, up to a minute, half of it by chance. */
    @WithDefault("1s")
    Duration backoff();

    /** Pause before a task is tried again whose platform is held back; costs no attempt. */
    @WithDefault("5s")
    Duration heldBack();

    /** How long people may take to approve what they are asked about; after that the task expires. */
    @WithDefault("30m")
    Duration approvalValidity();

    /** How often one person, or a chat in their name, may ask others for approval; what policies ask for has their limits. */
    @WithDefault("10")
    int approvalsPerHour();

    /** A bell that wasn't heard for this long is rung again. */
    @WithDefault("3s")
    Duration ringAgain();

    /** How often lost bells and stale tasks are looked for. */
    @WithDefault("1s")
    Duration sweep();

    /** How often what waits in the database is counted for metrics. */
    @WithDefault("15s")
    Duration backlog();
}
