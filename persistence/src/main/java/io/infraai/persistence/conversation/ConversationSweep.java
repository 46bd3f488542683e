package io.infraai.persistence.conversation;

import java.time.Duration;

import io.smallrye.mutiny.Uni;

/** Clears away what conversations leave behind; crosses tenants. For engines, of which several may do it at once. */
public interface ConversationSweep {

    /**
     * Deletes what happened in turns that ended longer ago than {@code age}, but for the last event of each, which is its answer.
     *
     * @param limit turns at a time
     * @return how many turns were cleared
     */
    Uni<Integer> clearEvents(Duration age, int limit);

    /** Deletes long tool results that are older than {@code age}; says how many. */
    Uni<Integer> clearDocuments(Duration age, int limit);
}
