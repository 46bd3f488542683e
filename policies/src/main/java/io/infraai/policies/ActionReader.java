package io.infraai.policies;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.infraai.contracts.policy.PolicyAction;
import io.infraai.contracts.remediation.FollowUp;
import io.infraai.contracts.tool.ToolDescription;
import io.infraai.contracts.tool.ToolKind;

/** Reads {@code "action"} and the steps of {@code "on_failure"}. */
final class ActionReader {

    private static final List<String> KEYS = List.of("tool", "params");

    private final ToolLookup tools;
    private final ArgumentCheck arguments;
    private final Faults faults;
    private final boolean check;

    /**
     * @param check whether the tool must exist and the parameters must fit it
     */
    ActionReader(ToolLookup tools, ArgumentCheck arguments, Faults faults, boolean check) {
        this.tools = tools;
        this.arguments = arguments;
        this.faults = faults;
        this.check = check;
    }

    Optional<PolicyAction> action(Fields parent) {
        return parent.requiredObject("action").flatMap(this::read);
    }

    List<PolicyAction> onFailure(Fields parent) {
        var steps = new ArrayList<PolicyAction>();
        if (!parent.has("on_failure")) {
            return steps;
        }
        var list = parent.node().path("on_failure");
        if (!list.isArray()) {
            parent.refuse("on_failure", "must be a list of steps, not " + Fields.kind(list));
            return steps;
        }
        if (list.isEmpty() || list.size() > FollowUp.MOST_STEPS) {
            parent.refuse("on_failure", "must have 1 to " + FollowUp.MOST_STEPS + " steps, not " + list.size());
            return steps;
        }
        for (int i = 0; i < list.size(); i++) {
            var at = parent.path("on_failure").appendIndex(i);
            var step = Fields.of(list.get(i), at, faults).flatMap(this::read);
            step.ifPresent(steps::add);
            if (check && i < list.size() - 1 && step.map(this::onlyLooks).orElse(false)) {
                faults.add(at.appendProperty("tool"), "only looks, which helps nothing: it can only be the last step");
            }
        }
        return steps;
    }

    /** Whether it is known to change nothing. */
    boolean onlyLooks(PolicyAction action) {
        return tools.find(action.tool())
                .map(tool -> tool.kind() == ToolKind.READING)
                .orElse(false);
    }

    private Optional<PolicyAction> read(Fields fields) {
        fields.refuseUnknown(KEYS);
        var params = fields.has("params")
                ? Fields.of(fields.node().get("params"), fields.path("params"), faults)
                        .map(Fields::node)
                : Optional.of(JsonNodeFactory.instance.objectNode());
        var tool = fields.requiredText("tool").map(ToolNames::canonical);
        if (tool.isEmpty() || params.isEmpty()) {
            return Optional.empty();
        }
        if (check) {
            check(fields, tool.get(), params.get());
        }
        return Optional.of(new PolicyAction(tool.get(), params.get().deepCopy()));
    }

    private void check(Fields fields, String name, ObjectNode params) {
        Optional<ToolDescription> tool = tools.find(name);
        if (tool.isEmpty()) {
            fields.refuse("tool", ToolNames.unknown(name));
            return;
        }
        for (var fault : arguments.checkTemplates(tool.get(), params)) {
            faults.add(fields.path("params").append(JsonPointer.compile(fault.path())), fault.message());
        }
    }
}
