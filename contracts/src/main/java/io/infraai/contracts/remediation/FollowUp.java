package io.infraai.contracts.remediation;

import java.util.List;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * How a task is verified once it is done, and what is done when it didn't help. Decided with the task: whoever carries it out
 * decides nothing more.
 *
 * @param check in the words of the policy's {@code verify}, placeholders filled
 * @param steps in their order; each is verified in the same way
 */
public record FollowUp(ObjectNode check, List<NextStep> steps) {

    /** More than this isn't a plan but a search. */
    public static final int MOST_STEPS = 3;

    public FollowUp {
        steps = List.copyOf(steps);
        if (steps.size() > MOST_STEPS) {
            throw new IllegalArgumentException("A plan goes on for at most " + MOST_STEPS + " steps");
        }
    }
}
