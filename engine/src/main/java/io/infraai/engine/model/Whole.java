package io.infraai.engine.model;

import java.util.OptionalInt;

import dev.langchain4j.data.message.AiMessage;

/**
 * A whole answer.
 *
 * @param tokensIn as the provider counted, if it did
 * @param tokensOut the same
 */
record Whole(AiMessage message, OptionalInt tokensIn, OptionalInt tokensOut) {}
