package io.infraai.gateway.tools;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.infraai.gateway.problem.Problem;
import io.infraai.gateway.problem.Problem.Fault;

/**
 * What a tool is asked for.
 *
 * @param dryRun whether to say only what would be done
 */
public record ToolWish(ObjectNode arguments, boolean dryRun) {

    /** Reads the body of a call over REST. */
    static ToolWish of(ObjectNode body) {
        var faults = new ArrayList<Fault>();
        body.fieldNames().forEachRemaining(field -> {
            if (!List.of("arguments", "dry_run").contains(field)) {
                faults.add(new Fault("/" + field, "there is no such field"));
            }
        });
        var arguments = body.has("arguments") ? body.get("arguments") : JsonNodeFactory.instance.objectNode();
        if (!arguments.isObject()) {
            faults.add(new Fault("/arguments", "must be an object"));
        }
        var dryRun = body.path("dry_run");
        if (!dryRun.isMissingNode() && !dryRun.isBoolean()) {
            faults.add(new Fault("/dry_run", "must be true or false"));
        }
        if (!faults.isEmpty()) {
            throw Problem.invalid(faults).asException();
        }
        return new ToolWish((ObjectNode) arguments, dryRun.booleanValue());
    }
}
