package io.infraai.policies;

/** What came of planning a call. */
public sealed interface Planned {

    record Ready(PlannedAction action) implements Planned {}

    /**
     * @param path JSON pointer into the arguments; empty when the tool itself is meant
     * @param reason for people, one sentence
     */
    record Refused(String path, String reason) implements Planned {

        /** Of a placeholder that the alert has nothing for. */
        static Refused unresolved(String placeholder) {
            return new Refused("", "unresolved: the alert has no value for " + placeholder + ", so nothing is called");
        }
    }
}
