package io.infraai.policies;

import java.util.Optional;

import io.infraai.contracts.tool.ToolDescription;

/** Which tools there are, as workers advertise them. Asked for every plan, so it answers from memory. */
@FunctionalInterface
public interface ToolLookup {

    Optional<ToolDescription> find(String tool);
}
