package io.infraai.engine.model;

import dev.langchain4j.data.message.AiMessage;

import io.infraai.contracts.chat.Usage;

/** What comes while a model answers. */
public sealed interface ModelEvent {

    /**
     * @param delta more of the text, never empty
     */
    record Text(String delta) implements ModelEvent {}

    /**
     * @param model its configured name
     * @param message the whole text, the tools that the model wants called, or both; never neither. Names and arguments are as
     *     the model wrote them: the tool may not exist, the arguments may be no JSON
     */
    record Answered(String model, AiMessage message, Usage usage) implements ModelEvent {}

    /**
     * @param message for the user: what was wrong and what to do about it, without secrets
     */
    record Failed(ModelFailure reason, String message) implements ModelEvent {}
}
