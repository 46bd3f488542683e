package io.infraai.contracts.remediation;

import java.time.Duration;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

import io.infraai.contracts.tool.Undo;

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

    /**
     * Nothing was done: people are asked whether it may be, to this target and no other.
     *
     * @param summary what would be done, in the words of the tool's code
     * @param undo what would take it back, if anything
     * @param dryRun what came of a dry run, as {@link Approval#dryRun} shows it
     * @param observed the target's state and latest events; empty where its platform tells nothing of them
     * @param validity how long they may take to answer
     * @param mostPerHour requests of the same person within an hour; one more fails the task, so that nobody is worn down
     */
    record Ask(
            JsonNode target,
            String summary,
            Optional<Undo> undo,
            JsonNode dryRun,
            JsonNode observed,
            Duration validity,
            int mostPerHour)
            implements TaskOutcome {}
}
