package io.infraai.contracts.audit;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the audit log as it is shown, in the snake case of the REST API.
 *
 * @param seq its number in the tenant's chain, from 1; absent for about a second, until it is chained, as are the hashes
 * @param hash SHA-256 over the previous entry's and this one, in hexadecimal
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AuditEntry(
        long id,
        Instant at,
        String actor,
        String action,
        String target,
        @Nullable Long taskId,
        JsonNode detail,
        @Nullable Long seq,
        @Nullable String previousHash,
        @Nullable String hash) {}
