package io.infraai.policies;

/** What came of planning a call. */
public sealed interface Planned {

    record Ready(PlannedAction action) implements Planned {}

    /**
     * @param path JSON pointer into the arguments; empty when the tool itself is meant
     * @param reason for people, one sentence
     */
    record Refused(String path, String reason) implements Planned {}
}
