package io.infraai.contracts.policy;

import java.time.Instant;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A policy as it is stored and shown: the JSON its author wrote, defaults filled in, with what the store adds.
 *
 * @param revision counts the saves, from 1
 * @param epoch counts the tenant's policy changes: a reader that knows epoch n asks for what is newer
 * @param deleted a tombstone, so that readers of changes learn of it
 */
public record PolicyDocument(
        long id,
        int revision,
        long epoch,
        ObjectNode document,
        boolean deleted,
        Instant createdAt,
        Instant updatedAt) {}
