package io.infraai.worker.execution;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.infraai.contracts.tool.Rehearsal;

/** What a rehearsal found, as people are shown it. */
final class Asking {

    private Asking() {}

    static ObjectNode dryRun(Rehearsal.Possible possible) {
        var shown = JsonNodeFactory.instance.objectNode();
        return possible.dryRun()
                .map(said -> shown.put("result", "accepted").put("said", said))
                .orElseGet(() -> shown.put("result", "not_offered"));
    }

    static ObjectNode shown(Rehearsal.Possible possible) {
        var shown = JsonNodeFactory.instance.objectNode();
        shown.set("dry_run", dryRun(possible));
        return possible.observed().isEmpty() ? shown : shown.set("observed", possible.observed());
    }
}
