package io.infraai.engine.offline;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** A tool and what it is called with. */
record ToolCall(String tool, ObjectNode arguments) {

    static ToolCall of(String tool) {
        return new ToolCall(tool, JsonNodeFactory.instance.objectNode());
    }

    /** With an argument, unless there is none. */
    ToolCall with(String name, @Nullable String value) {
        return value == null || value.isEmpty()
                ? this
                : new ToolCall(tool, arguments.deepCopy().put(name, value));
    }

    ToolCall with(String name, long value) {
        return new ToolCall(tool, arguments.deepCopy().put(name, value));
    }

    ToolCall with(String name, boolean value) {
        return new ToolCall(tool, arguments.deepCopy().put(name, value));
    }

    String argument(String name) {
        return arguments.path(name).asText("");
    }
}
