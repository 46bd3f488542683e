package io.infraai.policies;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.infraai.contracts.alert.Alert;
import io.infraai.contracts.policy.PolicyAction;
import io.infraai.contracts.tool.Risk;
import io.infraai.contracts.tool.ToolDescription;
import io.infraai.policies.Planned.Ready;
import io.infraai.policies.Planned.Refused;

/** The one check that every call of a tool passes, whoever asks for it. Safe for many threads. */
public final class ActionPlanner {

    private static final Pattern PARAMETER = Pattern.compile("\\{([^{}]+)\\}");

    /** As the Kubernetes API and its users call them. */
    private static final Set<String> NAMESPACE_KINDS = Set.of("namespace", "namespaces", "ns");

    private final ToolLookup tools;
    private final Set<String> protectedNamespaces;
    private final ArgumentCheck arguments = new ArgumentCheck();

    /**
     * @param protectedNamespaces what nothing may change in, e.g. {@code kube-system}; looking is allowed
     */
    public ActionPlanner(ToolLookup tools, Set<String> protectedNamespaces) {
        this.tools = tools;
        this.protectedNamespaces = protectedNamespaces.stream()
                .map(namespace -> namespace.toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    }

    public Planned plan(String tool, ObjectNode arguments) {
        var known = find(tool);
        if (known.isEmpty()) {
            return new Refused("", ToolNames.unknown(ToolNames.canonical(tool)));
        }
        return plan(known.get(), arguments);
    }

    /** As a policy writes it, with its placeholders filled from the alert. */
    Planned plan(PolicyAction action, Alert alert) {
        var tool = find(action.tool());
        if (tool.isEmpty()) {
            return new Refused("", ToolNames.unknown(action.tool()));
        }
        return switch (Parameters.fill(action.params(), tool.get(), alert)) {
            case Parameters.Lacking(var placeholder) -> Refused.unresolved(placeholder);
            case Parameters.Complete(var params) -> plan(tool.get(), params);
        };
    }

    Optional<ToolDescription> find(String tool) {
        return tools.find(ToolNames.canonical(tool));
    }

    private Planned plan(ToolDescription tool, ObjectNode given) {
        var faults = arguments.check(tool, given);
        if (!faults.isEmpty()) {
            return new Refused(faults.getFirst().path(), faults.getFirst().message());
        }
        var field = namespaceField(tool, given);
        var namespace = value(tool, given, field);
        if (tool.risk() != Risk.READS && protectedNamespaces.contains(namespace.toLowerCase(Locale.ROOT))) {
            return new Refused("/" + field, "protected: nothing may be changed in the namespace \"" + namespace + "\"");
        }
        return new Ready(new PlannedAction(tool, targetKey(tool, given), given.deepCopy()));
    }

    /** A namespace that is itself the object acted on is named like any other object. */
    private static String namespaceField(ToolDescription tool, ObjectNode given) {
        return NAMESPACE_KINDS.contains(value(tool, given, "kind").toLowerCase(Locale.ROOT)) ? "name" : "namespace";
    }

    private static String targetKey(ToolDescription tool, ObjectNode given) {
        return PARAMETER.matcher(tool.target()).replaceAll(found -> {
            // a separator within a value must not make two targets look like one
            var value = value(tool, given, found.group(1)).replace("%", "%25").replace("/", "%2F");
            return Matcher.quoteReplacement(value);
        });
    }

    /** The argument, or what stands in for it. */
    private static String value(ToolDescription tool, ObjectNode given, String parameter) {
        var value = given.path(parameter);
        return value.isMissingNode() || value.isNull()
                ? tool.inputSchema()
                        .path("properties")
                        .path(parameter)
                        .path("default")
                        .asText("")
                : value.asText();
    }
}
