package io.infraai.persistence.task;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

import io.infraai.contracts.identity.TenantId;
import io.infraai.contracts.remediation.TaskState;

/** What a person may do to tasks; for the gateway. */
public interface TaskControl {

    /** Ends a task that waits; one that runs is told to stop before its next call. */
    Uni<Moved> cancel(TenantId tenant, long id, String by);

    /** Queues a task again that failed, expired, died or is in doubt, at the end of its target's line. */
    Uni<Moved> retry(TenantId tenant, long id, String by);

    /** Stops new actions of the tenant everywhere: every claim looks here. */
    Uni<Void> pause(TenantId tenant, String by, String reason);

    /**
     * Lets actions start again and queues what was held for the pause.
     *
     * @return the ids to ring
     */
    Uni<List<Long>> resume(TenantId tenant, String by);

    Uni<Optional<Pause>> paused(TenantId tenant);

    sealed interface Moved {

        /**
         * @param now the state it is in
         */
        record Done(TaskState now) implements Moved {}

        record NotAllowed(TaskState now) implements Moved {}

        record Unknown() implements Moved {}
    }

    record Pause(Instant since, String by, @Nullable String reason) {}
}
