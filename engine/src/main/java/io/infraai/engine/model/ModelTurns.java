package io.infraai.engine.model;

import io.smallrye.mutiny.Multi;

/** Asks a language model for its next turn of a conversation. */
public interface ModelTurns {

    /**
     * Deltas of text as they come, then exactly one {@link ModelEvent.Answered} or {@link ModelEvent.Failed}. Never fails as a
     * stream. Nothing is asked before it is subscribed to; cancelling closes the connection.
     */
    Multi<ModelEvent> ask(ModelRequest request);
}
