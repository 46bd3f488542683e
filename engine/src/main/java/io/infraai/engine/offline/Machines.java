package io.infraai.engine.offline;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is asked about virtual machines and their hosts. */
final class Machines {

    private static final int DAYS_OF_EVENTS = 30;

    private Machines() {}

    static Plan of(Ask ask) {
        var names = names(ask);
        if (names.isEmpty()) {
            return ask.has(Term.SNAPSHOT)
                    ? Plan.say("Of which virtual machine? Say for example \"snapshots of vm db-1\".")
                    : Plan.call(ToolCall.of("list_vms")
                            .with("name_contains", ask.slots().search().orElse(null)));
        }
        return Plan.calls(
                names.stream().flatMap(name -> calls(ask, name).stream()).toList());
    }

    private static List<String> names(Ask ask) {
        var named = ask.slots().called(Term.VM, Term.MACHINE, Term.SNAPSHOT);
        if (!named.isEmpty()) {
            return named;
        }
        var others = ask.slots().withoutKind();
        if (!others.isEmpty()) {
            return others;
        }
        var known = ask.subjects().last(Set.of(Term.VM));
        var leans = ask.has(Term.IT) || ask.has(Term.SNAPSHOT);
        return leans && known.size() == 1 ? List.of(known.getFirst().name()) : List.of();
    }

    private static List<ToolCall> calls(Ask ask, String name) {
        var wanted = tool(ask);
        if (wanted.isEmpty()) {
            return List.of(
                    ToolCall.of("vm_status").with("vm_name", name),
                    ToolCall.of("vm_metrics").with("vm_name", name),
                    ToolCall.of("vm_events").with("vm_name", name));
        }
        var call = ToolCall.of(wanted.get()).with("vm_name", name);
        return List.of(
                Set.of("vm_events", "vm_metrics").contains(wanted.get())
                                && ask.minutes().isPresent()
                        ? call.with("minutes", Math.min(ask.minutes().getAsInt(), longest(wanted.get())))
                        : call);
    }

    /** In minutes. */
    private static int longest(String tool) {
        return tool.equals("vm_metrics") ? 1_440 : DAYS_OF_EVENTS * 1_440;
    }

    /** Empty when everything is of interest. */
    private static Optional<String> tool(Ask ask) {
        if (ask.has(Term.SNAPSHOT)) {
            return Optional.of("list_snapshots");
        }
        var past = ask.sentence().says("who", "when", "rebooted", "reset") && !ask.has(Term.STATUS);
        if (ask.has(Term.EVENTS, Term.FIRED, Term.HISTORY) || past) {
            return Optional.of("vm_events");
        }
        if (ask.has(Term.CPU, Term.MEMORY, Term.DISK, Term.USAGE, Term.METRICS)) {
            return Optional.of("vm_metrics");
        }
        return ask.has(Term.WHY, Term.WRONG, Term.INVESTIGATE) ? Optional.empty() : Optional.of("vm_status");
    }

    static Plan host(Ask ask) {
        var named = ask.slots().called(Term.HOST).stream()
                .findFirst()
                .or(() -> ask.slots().withoutKind().stream().findFirst());
        return Plan.call(ToolCall.of("host_status").with("host_name", named.orElse(null)));
    }
}
