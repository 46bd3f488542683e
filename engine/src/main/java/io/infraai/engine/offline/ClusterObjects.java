package io.infraai.engine.offline;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/** What is asked about one object of a cluster. */
final class ClusterObjects {

    /** As {@code pod_logs} takes them. */
    private static final int MOST_LINES = 2_000;

    private static final String ERRORS = "error";

    private ClusterObjects() {}

    static List<ToolCall> calls(Ask ask, Thing thing) {
        var calls = new ArrayList<ToolCall>();
        if (ask.has(Term.LOGS)) {
            calls.add(log(ask, thing));
        }
        if (ask.has(Term.EVENTS)) {
            calls.add(ask.inCluster(ToolCall.of("events").with("object_name", thing.name()))
                    .with("namespace", thing.namespace()));
        }
        var status = calls.isEmpty() && !ask.has(Term.DESCRIBE);
        if (status && Targets.WORKLOADS.contains(thing.kind())) {
            calls.add(workload(ask, "rollout_status", thing));
        } else if (status || ask.has(Term.DESCRIBE)) {
            calls.add(ask.inCluster(ToolCall.of("describe")
                            .with("kind", thing.kind().resourceKind().orElse("pod"))
                            .with("name", thing.name()))
                    .with("namespace", thing.namespace()));
        }
        return calls;
    }

    private static ToolCall log(Ask ask, Thing thing) {
        var call = ask.inCluster(ToolCall.of("pod_logs").with("pod_name", thing.name()))
                .with("namespace", thing.namespace())
                .with(
                        "container",
                        ask.slots().called(Term.CONTAINER).stream()
                                .filter(Thing::isNamespace)
                                .findFirst()
                                .orElse(null))
                .with("grep", ask.slots().search().orElse(ask.has(Term.ERRORS) ? ERRORS : null));
        if (ask.has(Term.PREVIOUS) || ask.has(Term.BEFORE) || ask.has(Term.WRONG)) {
            call = call.with("previous", true);
        }
        if (ask.slots().seconds().isPresent()) {
            call = call.with("since", since(ask.slots().seconds().getAsInt()));
        }
        var lines = ask.sentence().says("lines", "line") ? ask.slots().number() : OptionalInt.empty();
        return lines.isPresent() ? call.with("tail", Math.clamp(lines.getAsInt(), 1, MOST_LINES)) : call;
    }

    private static String since(int seconds) {
        if (seconds % 3_600 == 0) {
            return seconds / 3_600 + "h";
        }
        return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }

    static ToolCall workload(Ask ask, String tool, Thing thing) {
        var kind = thing.kind() == Term.DEPLOYMENT || tool.equals("rollout_history")
                ? null
                : thing.kind().name().toLowerCase(Locale.ROOT);
        return ask.inCluster(ToolCall.of(tool)
                .with("deployment_name", thing.name())
                .with("namespace", thing.namespace())
                .with("kind", kind));
    }
}
