package io.infraai.policies;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.infraai.contracts.identity.TenantId;
import io.infraai.contracts.policy.Condition;
import io.infraai.contracts.policy.Limits;
import io.infraai.contracts.policy.Policy;
import io.infraai.contracts.policy.PolicyAction;
import io.infraai.contracts.policy.PolicyMode;
import io.infraai.contracts.policy.Verification;
import io.infraai.contracts.policy.Verification.MetricHolds;
import io.infraai.contracts.policy.Verification.None;
import io.infraai.policies.PolicyReading.Invalid;
import io.infraai.policies.PolicyReading.Valid;

/** Reads a policy's document: what can't work is refused with the field's path. Safe for many threads. */
public final class PolicyReader {

    private static final int DEFAULT_PRIORITY = 100;
    private static final int LAST_PRIORITY = 1_000_000;
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_DESCRIPTION = 4_000;
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration WEEK = Duration.ofDays(7);
    private static final List<String> KEYS = List.of(
            "name",
            "description",
            "condition",
            "action",
            "priority",
            "mode",
            "enabled",
            "continue",
            "limits",
            "verify",
            "on_failure");

    private final ToolLookup tools;
    private final PolicyMode defaultMode;
    private final ArgumentCheck arguments = new ArgumentCheck();

    public PolicyReader(ToolLookup tools, PolicyMode defaultMode) {
        this.tools = tools;
        this.defaultMode = defaultMode;
    }

    /** For saving: also the tool must exist and the parameters must fit it. */
    public PolicyReading read(TenantId tenant, long id, int revision, ObjectNode document) {
        return read(tenant, id, revision, document, true);
    }

    /**
     * For what was saved before, and for simulation: an unknown tool, or parameters that don't fit, are left to the
     * evaluator, which rejects the action with the reason. A bad condition is refused all the same.
     */
    public PolicyReading readStored(TenantId tenant, long id, int revision, ObjectNode document) {
        return read(tenant, id, revision, document, false);
    }

    private PolicyReading read(TenantId tenant, long id, int revision, ObjectNode document, boolean checkAction) {
        var faults = new Faults();
        var fields = new Fields(document, JsonPointer.empty(), faults);
        var actions = new ActionReader(tools, arguments, faults, checkAction);
        fields.refuseUnknown(KEYS);
        var name = name(fields);
        description(fields);
        var condition = fields.required("condition")
                ? new ConditionReader(faults).read(document.get("condition"), fields.path("condition"))
                : Optional.<Condition>empty();
        var action = actions.action(fields);
        int priority = fields.integer("priority", 0, LAST_PRIORITY, DEFAULT_PRIORITY);
        var mode = mode(fields);
        boolean enabled = fields.flag("enabled", true);
        boolean continues = fields.flag("continue", false);
        var limits = limits(fields, faults);
        var verification = VerificationReader.read(fields, faults);
        var onFailure = actions.onFailure(fields);
        action.filter(_ -> checkAction).ifPresent(it -> refuseUseless(fields, it, verification, actions));
        if (!faults.none() || condition.isEmpty() || action.isEmpty()) {
            return new Invalid(faults.all());
        }
        var policy = new Policy(
                tenant,
                id,
                revision,
                name,
                condition.get(),
                action.get(),
                priority,
                mode,
                enabled,
                continues,
                limits,
                verification.orElseGet(() -> actions.onlyLooks(action.get()) ? new None() : Verification.DEFAULT),
                onFailure);
        return new Valid(policy, normalised(document, policy));
    }

    private static ObjectNode normalised(ObjectNode document, Policy policy) {
        var copy = document.deepCopy();
        copy.withObject("/action").put("tool", policy.action().tool());
        copy.put("priority", policy.priority());
        copy.put("mode", policy.mode().wire());
        copy.put("enabled", policy.enabled());
        if (!copy.has("verify")) {
            copy.set("verify", VerificationReader.written(policy.verification()));
        } else if (policy.verification() instanceof MetricHolds(var _, var within)) {
            copy.withObject("/verify").put("within", Spans.show(within));
        }
        for (int i = 0; i < policy.onFailure().size(); i++) {
            copy.withObject("/on_failure/" + i)
                    .put("tool", policy.onFailure().get(i).tool());
        }
        return copy;
    }

    private static String name(Fields fields) {
        var name = fields.requiredText("name").orElse("-");
        if (name.isBlank()) {
            fields.refuse("name", "can't be blank");
        } else if (name.codePointCount(0, name.length()) > LONGEST_NAME) {
            fields.refuse("name", "has more than " + LONGEST_NAME + " characters");
        } else if (!name.codePoints().allMatch(PolicyReader::printable)) {
            fields.refuse("name", "holds control or direction characters");
        }
        return name;
    }

    private static void description(Fields fields) {
        var description = fields.text("description").orElse("");
        if (description.length() > LONGEST_DESCRIPTION) {
            fields.refuse("description", "has more than " + LONGEST_DESCRIPTION + " characters");
        } else if (!description.codePoints().allMatch(c -> c == '\n' || c == '\t' || printable(c))) {
            fields.refuse("description", "holds control or direction characters");
        }
    }

    /** Marks that turn the writing direction are of the category FORMAT. */
    private static boolean printable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    private static void refuseUseless(
            Fields fields, PolicyAction action, Optional<Verification> said, ActionReader actions) {
        if (actions.onlyLooks(action)) {
            if (said.filter(verification -> !(verification instanceof None)).isPresent()) {
                fields.refuse(
                        "verify", "has nothing to look at: " + action.tool() + " only looks, and is never verified");
            }
            if (fields.has("on_failure")) {
                fields.refuse("on_failure", "is never done: " + action.tool() + " only looks, and is never verified");
            }
        } else if (fields.has("on_failure")
                && said.filter(None.class::isInstance).isPresent()) {
            fields.refuse("on_failure", "is never done: \"verify\" is \"none\"");
        }
    }

    private PolicyMode mode(Fields fields) {
        var word = fields.text("mode");
        if (word.isEmpty()) {
            return defaultMode;
        }
        for (var mode : PolicyMode.values()) {
            if (mode.wire().equals(word.get())) {
                return mode;
            }
        }
        var words = Arrays.stream(PolicyMode.values()).map(PolicyMode::wire).toList();
        fields.refuse("mode", "no such mode \"" + word.get() + "\"" + Spelling.suggestion(word.get(), words));
        return defaultMode;
    }

    private static Limits limits(Fields parent, Faults faults) {
        if (!parent.has("limits")) {
            return Limits.DEFAULT;
        }
        var object = Fields.of(parent.node().get("limits"), parent.path("limits"), faults);
        if (object.isEmpty()) {
            return Limits.DEFAULT;
        }
        var fields = object.get();
        fields.refuseUnknown(List.of("cooldown", "per_target_per_day", "max_age"));
        return new Limits(
                Spans.read(fields, "cooldown", Duration.ZERO, WEEK).orElse(Limits.DEFAULT.cooldown()),
                fields.integer("per_target_per_day", 1, 1_000, Limits.DEFAULT.perTargetPerDay()),
                Spans.read(fields, "max_age", Duration.ofSeconds(10), DAY).orElse(Limits.DEFAULT.maxAge()));
    }
}
