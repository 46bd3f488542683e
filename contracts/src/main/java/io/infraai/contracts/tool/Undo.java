package io.infraai.contracts.tool;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The call that takes a change back.
 *
 * @param tool the name of a tool
 * @param arguments its arguments, in snake case
 */
public record Undo(String tool, ObjectNode arguments) {

    public Undo {
        arguments = arguments.deepCopy();
    }
}
