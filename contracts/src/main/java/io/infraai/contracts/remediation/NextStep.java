package io.infraai.contracts.remediation;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.infraai.contracts.tool.ToolKind;

/**
 * What is done after an action that didn't help.
 *
 * @param targetKey canonical name of what it acts on; empty for a tool that only looks
 * @param approvals people who must agree, as for any task
 * @param perTargetPerDay with this many automatic actions on its target within 24 hours it isn't done
 */
public record NextStep(
        String tool, ToolKind kind, String targetKey, ObjectNode parameters, int approvals, int perTargetPerDay) {}
