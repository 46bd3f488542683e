package io.infraai.contracts.remediation;

import java.time.Duration;

import com.fasterxml.jackson.databind.JsonNode;

/** How one attempt at a task ended. */
public sealed interface TaskOutcome {

    /** One sentence for the journal. */
    String summary();

    /**
     * @param state one that {@link TaskState#ended()}
     */
    record Ended(TaskState state, String summary, JsonNode detail) implements TaskOutcome {}

    /**
     * Back into the queue, with the intent kept.
     *
     * @param counted whether it used up an attempt; waiting for a breaker doesn't
     */
    record TryAgain(Duration after, boolean counted, String summary) implements TaskOutcome {}
}
