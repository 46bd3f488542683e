package io.infraai.policies;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.infraai.contracts.tool.ToolDescription;

/**
 * A call that could be made: the tool exists, the arguments fit it and the target isn't protected.
 *
 * @param targetKey canonical name of what it acts on; empty for tools that only look
 */
public record PlannedAction(ToolDescription tool, String targetKey, ObjectNode params) {}
