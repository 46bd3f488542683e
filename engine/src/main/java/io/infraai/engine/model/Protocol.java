package io.infraai.engine.model;

import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.infraai.contracts.identity.Secret;

/** How a provider is spoken to: what is sent, and how the events of an answer are read. Holds no state. */
interface Protocol {

    /** Below the base address. */
    String path();

    Map<String, String> headers(Optional<Secret> key);

    ObjectNode body(ModelRequest request, ModelsConfig.Model config);

    Reading reading();

    /** One answer while it is read. Not thread-safe. */
    interface Reading {

        /**
         * @param tokens as {@link Provider#ask} has it
         * @throws CannotAnswer when the event says so
         */
        void take(JsonNode event, Consumer<String> tokens);

        /** Whether nothing more is to come. */
        boolean ended();

        /** @throws CannotAnswer when this isn't an answer that can be used */
        Whole whole();
    }
}
