package io.infraai.persistence.task;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;

import io.infraai.contracts.identity.TenantId;
import io.infraai.contracts.remediation.ClaimedTask;
import io.infraai.contracts.remediation.TaskOutcome;
import io.infraai.contracts.remediation.TaskState;

/** A task's life in a worker's hands. Every write carries the claim's fence and is refused once a later claim exists. */
public interface TaskExecution {

    /**
     * Takes a due task, or one whose lease has run out, in one statement: of many workers at most one is granted it. Refused
     * while another task of the target runs or stands before it in line.
     *
     * @param lease how long the claim lasts without {@link #heartbeat}, by the database's clock
     * @return empty when there is nothing to do now; the sweeper rings again if that changes
     */
    Uni<Optional<ClaimedTask>> claim(TenantId tenant, long taskId, String worker, Duration lease);

    /**
     * Stores the target before the first call.
     *
     * @return false when the claim is no longer ours or the task may no longer act: then nothing may be called
     */
    Uni<Boolean> intend(ClaimedTask task, JsonNode target);

    /** Extends the lease; false when the claim is no longer ours: stop. */
    Uni<Boolean> heartbeat(ClaimedTask task, Duration lease);

    /**
     * Writes state and journal in one transaction. An {@link TaskOutcome.Ask} for what nobody wants any more, or for one
     * request too many, ends the task instead.
     */
    Uni<Finished> finish(ClaimedTask task, TaskOutcome outcome);

    /** Gives a task back for which nothing was called yet, without counting the attempt; false when something may have been. */
    Uni<Boolean> release(ClaimedTask task);

    /**
     * @param state the one the task is in now; empty when the claim was no longer ours: nothing was written
     * @param next the task that stands next in the target's line and is due, to be rung
     */
    record Finished(Optional<TaskState> state, OptionalLong next) {

        public boolean applied() {
            return state.isPresent();
        }
    }
}
