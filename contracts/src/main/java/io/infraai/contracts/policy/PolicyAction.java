package io.infraai.contracts.policy;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What a policy asks to be done.
 *
 * @param tool without the seed's prefix {@code mcp_}
 * @param params texts in it may hold placeholders such as {@code ${label.pod_name}}
 */
public record PolicyAction(String tool, ObjectNode params) {}
