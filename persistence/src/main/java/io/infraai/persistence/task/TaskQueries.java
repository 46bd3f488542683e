package io.infraai.persistence.task;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;

import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

import io.infraai.contracts.identity.TenantId;
import io.infraai.contracts.remediation.Effect;
import io.infraai.contracts.remediation.Task;
import io.infraai.contracts.remediation.TaskState;

/** Looks at tasks. */
public interface TaskQueries {

    /** Newest first, without journals; some seconds old where there is a replica to read from. */
    Uni<List<Task>> find(TenantId tenant, Filter filter);

    /** One task with its journal. */
    Uni<Optional<Task>> byId(TenantId tenant, long id);

    /** Some seconds old, like lists. */
    Uni<Summary> summary(TenantId tenant);

    /**
     * @param states empty for all
     * @param effects empty for all, those without a verification included
     * @param before only ids below
     */
    record Filter(
            Set<TaskState> states,
            Set<Effect> effects,
            @Nullable UUID episode,
            OptionalLong before,
            int limit) {}

    /**
     * @param byState how many tasks stand in each state; states without any are left out
     * @param oldestQueued how long the oldest due task has waited
     */
    record Summary(Map<TaskState, Long> byState, Optional<Duration> oldestQueued) {}
}
