package io.infraai.policies;

import java.util.List;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.infraai.contracts.policy.Policy;

/** What came of reading a policy's document. */
public sealed interface PolicyReading {

    /**
     * @param document what to store: the author's, the prefix {@code mcp_} gone, mode, priority, enabled and verify filled in
     */
    record Valid(Policy policy, ObjectNode document) implements PolicyReading {}

    /**
     * @param faults everything that is wrong with it, at least one
     */
    record Invalid(List<Fault> faults) implements PolicyReading {
        public Invalid {
            faults = List.copyOf(faults);
        }
    }

    /**
     * @param path JSON pointer to the field, e.g. {@code /condition/labels/alertname}
     * @param message what is wrong with it, for its author
     */
    record Fault(String path, String message) {}
}
