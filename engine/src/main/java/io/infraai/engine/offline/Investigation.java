package io.infraai.engine.offline;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Looks into what is wrong, in two rounds: what tells of the whole place, then what tells of the worst that was found there.
 * At most eight calls.
 *
 * @param namespace empty for all of them
 * @param name of what the user asked about; empty for a whole place
 */
record Investigation(Ask ask, Optional<String> namespace, Optional<String> name, Optional<Term> kind) {

    /** With four calls in the first round, eight in all. */
    private static final int SECOND_ROUND = 4;

    static Plan of(Ask ask) {
        var slots = ask.slots();
        var machines = slots.called(Term.VM, Term.MACHINE);
        if (!machines.isEmpty()) {
            return machine(machines.getFirst());
        }
        var named = slots.names().stream()
                .filter(each -> each.kind().isEmpty()
                        || each.kind().get().resourceKind().isPresent()
                        || each.kind().get() == Term.ALERTS)
                .findFirst();
        if (named.isPresent()) {
            var text = named.get().text();
            var known = ask.subjects().called(text.toLowerCase(Locale.ROOT));
            if (named.get().kind().isEmpty() && known.size() == 1) {
                return about(ask, known.getFirst(), slots.namespace());
            }
            return start(new Investigation(
                    ask,
                    slots.namespace(),
                    Optional.of(
                            named.get().kind().filter(Term.ALERTS::equals).isPresent()
                                    ? text
                                    : text.toLowerCase(Locale.ROOT)),
                    named.get().kind()));
        }
        var spokenOf = ask.subjects()
                .last(Set.of(Term.POD, Term.DEPLOYMENT, Term.STATEFULSET, Term.DAEMONSET, Term.NODE, Term.VM));
        if (ask.leans() && slots.namespace().isEmpty() && spokenOf.size() == 1) {
            return about(ask, spokenOf.getFirst(), Optional.empty());
        }
        return start(new Investigation(ask, ask.namespace(), Optional.empty(), Optional.empty()));
    }

    private static Plan about(Ask ask, Thing thing, Optional<String> namespace) {
        return thing.kind() == Term.VM
                ? machine(thing.name())
                : start(new Investigation(
                        ask,
                        namespace.or(() -> Optional.of(thing.namespace()).filter(each -> !each.isEmpty())),
                        Optional.of(thing.name()),
                        Optional.of(thing.kind())));
    }

    private static Plan machine(String name) {
        return Plan.calls(List.of(
                ToolCall.of("vm_status").with("vm_name", name),
                ToolCall.of("vm_metrics").with("vm_name", name),
                ToolCall.of("vm_events").with("vm_name", name)));
    }

    private static Plan start(Investigation investigation) {
        var ask = investigation.ask();
        var first = investigation.firstLook().stream()
                .filter(call -> ask.offers(call.tool()))
                .toList();
        if (first.isEmpty()) {
            return Plan.say(Guide.missing(List.of("list_pods", "events", "list_alerts")));
        }
        return Plan.after(first, seen -> {
            var evidence = Evidence.of(investigation, seen);
            var second = evidence.faults().isEmpty()
                    ? investigation.nothingYet(evidence)
                    : investigation.closerLook(evidence);
            var offered = second.stream()
                    .filter(call -> ask.offers(call.tool()))
                    .limit(SECOND_ROUND)
                    .toList();
            return offered.isEmpty()
                    ? Plan.say(Report.of(evidence, List.of()))
                    : Plan.after(offered, closer -> Plan.say(Report.of(evidence, closer)));
        });
    }

    private List<ToolCall> firstLook() {
        var calls = new ArrayList<ToolCall>();
        var space = namespace.orElse(null);
        if (!is(Term.NODE)) {
            calls.add(ask.inCluster(ToolCall.of("list_pods")).with("namespace", space));
        }
        var alerts = matchers();
        calls.add(
                ask.offers("list_alerts")
                        ? ToolCall.of("list_alerts").with("state", "ACTIVE").with("matchers", alerts)
                        : ToolCall.of("active_alerts").with("alertname", is(Term.ALERTS) ? name.orElse(null) : null));
        calls.add(ask.inCluster(ToolCall.of("events")).with("namespace", space).with("type", "Warning"));
        if (is(Term.NODE)) {
            calls.add(ask.inCluster(ToolCall.of("node_status"))
                    .with("node_name", name.filter(Thing::isObject).orElse(null)));
        } else if (namespace.isPresent() && isWorkload()) {
            calls.add(rollout("rollout_status", name.orElseThrow(), space == null ? "" : space)
                    .with("kind", is(Term.STATEFULSET) ? "statefulset" : is(Term.DAEMONSET) ? "daemonset" : null));
        } else {
            calls.add(ask.inCluster(ToolCall.of("node_status")));
        }
        return calls;
    }

    private String matchers() {
        return is(Term.ALERTS)
                ? "alertname=" + PromQl.text(name.orElse(""))
                : namespace.map(space -> "namespace=" + PromQl.text(space)).orElse("");
    }

    private boolean isWorkload() {
        return kind.filter(Targets.WORKLOADS::contains).isPresent()
                && name.filter(Thing::isObject).isPresent();
    }

    boolean is(Term term) {
        return kind.filter(term::equals).isPresent();
    }

    private ToolCall rollout(String tool, String deployment, String space) {
        return ask.inCluster(ToolCall.of(tool))
                .with("deployment_name", deployment)
                .with("namespace", space);
    }

    /** Whether a pod is what the user asked about, or of it. */
    boolean concerns(JsonNode pod) {
        if (name.isEmpty() || is(Term.ALERTS) || is(Term.NODE)) {
            return true;
        }
        return Pods.name(pod).equals(name.get())
                || Pods.name(pod).startsWith(name.get() + "-")
                || (kind.isEmpty() && Pods.namespace(pod).equals(name.get()));
    }

    private List<ToolCall> closerLook(Evidence evidence) {
        var calls = new ArrayList<ToolCall>();
        var ofPods = evidence.faults().stream()
                .filter(fault -> fault.pods().stream()
                        .findFirst()
                        .filter(Thing::isObject)
                        .isPresent())
                .filter(fault -> Thing.isNamespace(fault.namespace()))
                .toList();
        for (var fault : ofPods) {
            var pod = fault.pods().getFirst();
            if (fault.symptom().leavesLog()) {
                var log = ask.inCluster(ToolCall.of("pod_logs"))
                        .with("pod_name", pod)
                        .with("namespace", fault.namespace())
                        .with("tail", 40);
                calls.add(
                        fault.symptom() == Symptom.CRASH_LOOP || fault.symptom() == Symptom.OUT_OF_MEMORY
                                ? log.with("previous", true)
                                : log);
            }
            calls.add(ask.inCluster(ToolCall.of("describe").with("kind", "pod").with("name", pod))
                    .with("namespace", fault.namespace()));
            var deployment = Thing.deploymentOf(pod);
            if (fault.symptom().mayComeFromRollout() && !deployment.equals(pod)) {
                calls.add(rollout("rollout_history", deployment, fault.namespace()));
            }
            if (fault.symptom() == Symptom.OUT_OF_MEMORY) {
                calls.add(usage(Term.MEMORY, Optional.of(fault.namespace()), pod));
            }
        }
        if (!ofPods.isEmpty() && calls.size() < SECOND_ROUND && name.isPresent()) {
            var worst = ofPods.getFirst();
            calls.add(usage(
                    Term.MEMORY, Optional.of(worst.namespace()), worst.pods().getFirst()));
        }
        return calls.stream().distinct().toList();
    }

    /** Where a name was given and nothing is wrong, it may be slow. */
    private List<ToolCall> nothingYet(Evidence evidence) {
        var subject = evidence.pods().stream().filter(Pods::named).findFirst();
        return name.isEmpty() || subject.isEmpty() || is(Term.NODE)
                ? List.of()
                : List.of(
                        usage(Term.CPU, Optional.of(Pods.namespace(subject.get())), name.get()),
                        usage(Term.MEMORY, Optional.of(Pods.namespace(subject.get())), name.get()));
    }

    private static ToolCall usage(Term what, Optional<String> space, String pod) {
        return ToolCall.of("query_range")
                .with("query", PromQl.ofPods(what, space, List.of(pod)).orElseThrow())
                .with("minutes", 60);
    }
}
