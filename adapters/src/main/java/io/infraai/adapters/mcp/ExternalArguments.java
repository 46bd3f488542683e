package io.infraai.adapters.mcp;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Whatever a server's schema says. */
record ExternalArguments(@JsonValue ObjectNode json) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    ExternalArguments {}
}
