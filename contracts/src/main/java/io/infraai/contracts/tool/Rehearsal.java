package io.infraai.contracts.tool;

import java.util.Optional;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * How a target takes a change before anybody is asked about it: found out by looking, and by a dry run where its server offers
 * one. Nothing was changed.
 */
public sealed interface Rehearsal {

    /**
     * @param dryRun what the server said when it was asked to try the change and keep nothing; empty where it can't
     * @param observed the target's state and latest events, for whoever decides; its texts come from the platform
     */
    record Possible(Optional<String> dryRun, ObjectNode observed) implements Rehearsal {

        public Possible {
            observed = observed.deepCopy();
        }

        /** Of a platform that can neither try it nor tells more of the target than its identity. */
        public static Possible untried() {
            return new Possible(Optional.empty(), JsonNodeFactory.instance.objectNode());
        }
    }

    /**
     * It is so already, and nobody needs to be asked.
     *
     * @param why in one sentence
     */
    record Needless(String why) implements Rehearsal {}

    /** The server won't do it. */
    record Refused(ToolResult.Failed failure) implements Rehearsal {}
}
