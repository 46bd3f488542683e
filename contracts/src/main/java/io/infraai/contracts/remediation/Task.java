package io.infraai.contracts.remediation;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;

/** A task as it is shown, in the snake case of the REST API. */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Task(
        long id,
        UUID uid,
        String tool,
        String target,
        JsonNode parameters,
        TaskState state,
        @Nullable String reason,
        boolean dryRun,
        int attempt,
        int crashes,
        @Nullable UUID episodeId,
        @Nullable Long policyId,
        @Nullable Integer policyRevision,
        String requestedBy,
        @Nullable JsonNode intent,
        @Nullable JsonNode outcome,
        @Nullable Asked approval,
        @Nullable Verified verification,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant doneAt,
        List<JobLog> journal) {

    /** The last request for approval, in short; {@link Approval} is the whole of it. */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Asked(
            long id,
            ApprovalState state,
            String sentence,
            JsonNode targetIdentity,
            @Nullable JsonNode dryRun,
            @Nullable JsonNode undo,
            @Nullable JsonNode evidence,
            Instant expiresAt) {}

    /**
     * Whether it helped, of a task that is verified.
     *
     * @param check what must be so, in the words of the policy's {@code verify}
     * @param state absent before it is done
     * @param until by then it is judged
     * @param reason of the judgement
     * @param nextTaskId the next step of its policy's plan, which this one's failure began
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Verified(
            JsonNode check,
            @Nullable Effect state,
            @Nullable Instant until,
            @Nullable String reason,
            @Nullable Long nextTaskId) {}

    /**
     * One line of the journal, the seed's {@code job_logs}.
     *
     * @param action what was done: claimed, identified, called, the tool's name at the end, verified
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record JobLog(String action, String target, String status, String result, int attempt, Instant createdAt) {}
}
