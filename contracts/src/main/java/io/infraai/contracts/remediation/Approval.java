package io.infraai.contracts.remediation;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;

/**
 * A request for approval of one exact action, in the snake case of the REST API. All of it was found out by code: no word of a
 * model's is in it.
 *
 * @param targetIdentity what makes the target this one and no other: what is approved, and all that will be acted on
 * @param sentence what would be done
 * @param dryRun what the target's server said when it was asked to try it: {@code result} is {@code accepted}, with what was
 *     {@code said}, or {@code not_offered}; a change that it refuses is asked of nobody
 * @param undo the call that would take it back
 * @param evidence the alert's {@code labels} and {@code starts_at} where a policy asks, and what a worker {@code observed} of
 *     the target: its state and latest events
 * @param policyRevision the policy as it was when it asked: another revision withdraws the request
 * @param needed how many people must agree under the four-eyes rules; one where they are off
 * @param usedAt when the action was let go; an approval is used once
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Approval(
        long id,
        ApprovalState state,
        @Nullable String reason,
        long taskId,
        String tool,
        JsonNode parameters,
        String target,
        JsonNode targetIdentity,
        String sentence,
        @Nullable JsonNode dryRun,
        @Nullable JsonNode undo,
        @Nullable JsonNode evidence,
        @Nullable UUID episodeId,
        @Nullable Long policyId,
        @Nullable Integer policyRevision,
        String requestedBy,
        int needed,
        List<Vote> votes,
        Instant createdAt,
        Instant expiresAt,
        @Nullable Instant decidedAt,
        @Nullable Instant usedAt) {

    public Approval {
        votes = List.copyOf(votes);
    }

    /** What one person said. */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Vote(String by, boolean approve, @Nullable String comment, Instant at) {}
}
