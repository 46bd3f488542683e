package io.infraai.persistence.intake;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

import io.infraai.contracts.alert.Episode;
import io.infraai.contracts.identity.TenantId;
import io.infraai.contracts.policy.Outcome;
import io.infraai.contracts.remediation.Task;

/** Looks at episodes and what was decided about them. */
public interface EpisodeQueries {

    /** The episodes with these ids, open or not; unknown ids are left out. */
    Uni<List<Episode>> byIds(TenantId tenant, List<UUID> ids);

    /** Those that opened within this time, newest first. */
    Uni<List<Episode>> since(TenantId tenant, Duration age, int limit);

    /** Newest first; some seconds old where there is a replica to read from. */
    Uni<List<EpisodeView>> find(TenantId tenant, Filter filter);

    Uni<Optional<EpisodeView>> byId(TenantId tenant, UUID id);

    record Filter(
            @Nullable String state,
            Map<String, String> labels,
            @Nullable Cursor before,
            int limit) {}

    record Cursor(Instant openedAt, UUID id) {}

    /** An episode as it is shown, in the snake case of the REST API. */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record EpisodeView(
            UUID id,
            String alertKey,
            int seq,
            String state,
            Map<String, String> labels,
            Map<String, String> annotations,
            Instant startsAt,
            @Nullable Instant endsAt,
            Instant openedAt,
            @Nullable Instant closedAt,
            int repeats,
            List<DecisionView> decisions,
            List<Task> tasks) {}

    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record DecisionView(
            long policyId,
            int policyRevision,
            @Nullable String policyName,
            Outcome outcome,
            String reason,
            @Nullable Long taskId,
            Instant decidedAt) {}
}
