package io.infraai.engine.agent;

import io.infraai.contracts.chat.ReplyEvent;
import io.infraai.contracts.chat.TurnFailure;
import io.infraai.contracts.chat.Usage;

/** What came of asking a model. */
sealed interface Thought {

    record Wants(ReplyEvent.Reasoned reasoned) implements Thought {}

    record Says(String text, String model, Usage usage) implements Thought {}

    /**
     * @param again whether asking once more may help
     */
    record Nothing(TurnFailure reason, String message, boolean again) implements Thought {}
}
