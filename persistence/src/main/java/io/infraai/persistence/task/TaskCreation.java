package io.infraai.persistence.task;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

import io.infraai.contracts.identity.TenantId;
import io.infraai.contracts.policy.Limits;
import io.infraai.contracts.policy.Outcome;
import io.infraai.contracts.remediation.NewTask;

/** Writes decisions and tasks; for healing, and for the gateway when a person asks for a change. */
public interface TaskCreation {

    /**
     * Stores what was decided about episodes, all or nothing; an episode that was decided before is left as it is, and one that
     * closed meanwhile gets its decisions but no task. The judge sees what happened to each target under a lock, so that limits hold across instances; within
     * the batch it sees its own earlier verdicts. A proposal that was superseded stays so, even when the judge then lowers the
     * one that stood before it: evaluation had its reason for the order, and the next episode is judged anew.
     *
     * @return ids of the tasks that were queued, to be rung after this completes
     */
    Uni<List<Long>> plan(TenantId tenant, List<EpisodeDecisions> decisions, Judge judge);

    /**
     * Stores a task that a person asked for; with a key that was used before, the first one's id and whether the request was
     * the same.
     */
    Uni<Requested> request(TenantId tenant, NewTask task);

    /**
     * @param proposals one for each policy that matched, in their order; none when nothing matched
     */
    record EpisodeDecisions(UUID episode, List<Proposal> proposals) {
        public EpisodeDecisions {
            proposals = List.copyOf(proposals);
        }
    }

    /**
     * What evaluation says of one policy, before limits are looked at.
     *
     * @param task what would be done; absent when the outcome has none
     * @param continues whether policies after this one may act too
     */
    record Proposal(
            long policyId,
            int policyRevision,
            Outcome outcome,
            String reason,
            @Nullable NewTask task,
            Limits limits,
            boolean continues) {}

    /** Decides about a proposal that would act; called inside the transaction, must not block. */
    @FunctionalInterface
    interface Judge {
        Verdict judge(Proposal proposal, TargetHistory history);

        /** Told of each decision once it is committed. */
        default void decided(UUID episode, Outcome outcome) {}
    }

    /**
     * @param outcome the proposal's own, or a lesser one
     */
    record Verdict(Outcome outcome, String reason) {}

    /**
     * @param sinceLast time since this policy's last task on this target was created, by the database's clock
     * @param lastDay automatic tasks of all policies on this target within 24 hours
     * @param paused the tenant's automatic actions are paused
     */
    record TargetHistory(Optional<Duration> sinceLast, int lastDay, boolean paused) {}

    /**
     * @param created false when the idempotency key was used before
     * @param same the earlier request asked for the same
     */
    record Requested(long taskId, boolean created, boolean same) {}
}
