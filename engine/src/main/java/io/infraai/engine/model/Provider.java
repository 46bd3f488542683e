package io.infraai.engine.model;

import java.util.function.Consumer;

import io.smallrye.mutiny.Uni;

/** Whoever runs a model. */
interface Provider {

    /**
     * Sends a request once. What was foreseen fails as {@link CannotAnswer}; cancelling gives the request up.
     *
     * @param tokens hears of every token at once: its text, empty when it belongs to something else, as a tool's arguments
     */
    Uni<Whole> ask(ModelRequest request, Consumer<String> tokens);
}
