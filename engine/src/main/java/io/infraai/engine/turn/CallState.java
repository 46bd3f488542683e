package io.infraai.engine.turn;

import io.infraai.contracts.tool.ToolResult;

/** How far a tool call has come. */
public sealed interface CallState {

    /** Nothing of it is stored: it may have been begun and is begun anew. */
    record Asked() implements CallState {}

    /**
     * A task does it.
     *
     * @param announced the user was told that it waits for a person
     */
    record AsTask(long taskId, boolean announced) implements CallState {}

    record Finished(ToolResult result) implements CallState {}
}
