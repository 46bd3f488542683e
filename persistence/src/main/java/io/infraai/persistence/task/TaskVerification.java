package io.infraai.persistence.task;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

import io.infraai.contracts.identity.TenantId;
import io.infraai.contracts.remediation.Effect;
import io.infraai.contracts.remediation.MetricCheck;

/** Finds out whether what was done helped, and begins what a plan has for when it didn't. For workers. */
public interface TaskVerification {

    /** What tells whether a task helped. Apart, since metrics may take long to answer. */
    enum Sign {
        ALERT,
        METRIC
    }

    /**
     * What may be judged now, of all tenants. It is nobody else's for {@code again}; what isn't judged by then comes again, so a
     * worker that dies leaves nothing behind. Metrics come that often in any case, and once more when their time is up.
     */
    Uni<List<Due>> claim(Sign sign, Duration again, int limit);

    /**
     * Judges what can be judged, each in one transaction with its journal, its entry in the audit log and the next step of its
     * plan. A step isn't begun twice, nor after the alert has ended, nor of a policy that was changed since, nor beyond the target's
     * daily limit. While the tenant is paused, what would begin one waits.
     *
     * @return the verdicts that are stored now; next steps are to be rung after this completes
     */
    Uni<List<Judged>> judge(TenantId tenant, List<Look> looks);

    /**
     * @param metric to be asked before it is judged; absent where the alert tells
     */
    record Due(TenantId tenant, long taskId, Optional<MetricCheck> metric) {}

    /**
     * @param said what became of the metric; absent where the alert tells
     */
    record Look(long taskId, Optional<Said> said) {}

    /** What a metric said, in words for the journal. */
    sealed interface Said {

        String sentence();

        record Holds(String sentence) implements Said {}

        record HoldsNot(String sentence) implements Said {}

        /** No answer. */
        record Nothing(String sentence) implements Said {}
    }

    /**
     * @param age of the task
     * @param traceparent that the task was stored with
     * @param next the step that was begun since it didn't help
     */
    record Judged(
            TenantId tenant,
            long taskId,
            String tool,
            Effect effect,
            Instant doneAt,
            Duration age,
            @Nullable String traceparent,
            OptionalLong next) {}
}
