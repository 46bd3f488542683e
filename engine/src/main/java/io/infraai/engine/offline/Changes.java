package io.infraai.engine.offline;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What changes something. Only a sentence of the user that begins with the demand gets here, and it must name the target so
 * that nothing is left to guess.
 */
final class Changes {

    /** Minutes, as Alertmanager's tool takes them. */
    private static final int LONGEST_SILENCE = 1_440;

    private static final int MOST_REPLICAS = 100;

    private static final Set<Term> NODES = Set.of(Term.NODE);
    private static final Set<Term> DEPLOYMENTS = Set.of(Term.DEPLOYMENT);

    private static final String NO_CONDITIONS = """
            I don't act later or on a condition. A policy does: say "propose a policy that restarts the pod when ALERT fires", or \
            ask for the change when it is due.""";

    private static final String NO_MANIFESTS = """
            I don't write manifests or patches: what is in them takes more than rules. Call create_resource or patch_resource by \
            POST to /api/tools, or connect a language model.""";

    private Changes() {}

    /** Whether a sentence that demands it would change something. */
    static boolean changes(Term demand) {
        return switch (demand) {
            case RESTART, SCALE, ROLL_BACK, ROLL, CORDON, UNCORDON, DRAIN, REMOVE, POWER_ON, SHUT_DOWN, POWER -> true;
            default -> false;
        };
    }

    /** Whether a bare name in what was told can only be a deployment's. */
    static boolean ofDeploymentsOnly(Sentence sentence) {
        return sentence.demand()
                .filter(term -> term == Term.ROLL_BACK || term == Term.ROLL || term == Term.SCALE)
                .isPresent();
    }

    /** Empty when nothing is to be changed. */
    static Optional<Plan> of(Ask ask) {
        var demand = ask.sentence().demand();
        if (demand.isEmpty() || ask.has(Term.NOT) || ask.has(Term.POLICY)) {
            return Optional.empty();
        }
        var plan = switch (demand.get()) {
            case RESTART -> Optional.of(restart(ask));
            case SCALE ->
                ask.has(Term.REPLICAS) || !ask.sentence().says("set")
                        ? Optional.of(scale(ask))
                        : Optional.<Plan>empty();
            case ROLL_BACK -> Optional.of(rollBack(ask));
            case ROLL -> ask.sentence().says("back") ? Optional.of(rollBack(ask)) : Optional.<Plan>empty();
            case CORDON -> Optional.of(node(ask, "cordon"));
            case UNCORDON -> Optional.of(node(ask, "uncordon"));
            case DRAIN -> Optional.of(node(ask, "drain_node"));
            case SILENCE -> Optional.of(silence(ask));
            case UNSILENCE -> Optional.of(endSilence(ask));
            case TAKE ->
                ask.has(Term.SNAPSHOT)
                        ? Optional.of(snapshot(ask))
                        : ofKind(ask) ? Optional.of(Plan.say(NO_MANIFESTS)) : Optional.<Plan>empty();
            case PATCH -> ofKind(ask) ? Optional.of(Plan.say(NO_MANIFESTS)) : Optional.<Plan>empty();
            case REMOVE -> Optional.of(remove(ask));
            case POWER_ON -> Optional.of(power(ask, "power_on_vm"));
            case SHUT_DOWN -> Optional.of(power(ask, "shutdown_vm"));
            case POWER -> switched(ask);
            case ANNOTATE -> Optional.of(annotate(ask));
            default -> Optional.<Plan>empty();
        };
        return plan.map(wanted -> later(ask) ? Plan.say(NO_CONDITIONS) : wanted);
    }

    private static boolean ofKind(Ask ask) {
        return ask.sentence().tokens().stream()
                .flatMap(token -> token.term().stream())
                .anyMatch(term -> term.resourceKind().isPresent());
    }

    private static boolean later(Ask ask) {
        return ask.has(Term.CONDITIONAL, Term.WHY)
                || ask.sentence().says("when", "tomorrow", "later", "tonight", "every", "after", "while");
    }

    private static Plan restart(Ask ask) {
        if (ask.has(Term.VM, Term.VIRTUAL, Term.MACHINE)) {
            return machine(ask, "restart_vm");
        }
        if (ask.has(Term.NODE, Term.HOST)) {
            return Plan.say("I can't restart a node or a host. A node can be drained first: \"drain node NAME\".");
        }
        if (isKnownMachine(ask)) {
            return machine(ask, "restart_vm");
        }
        if (FailingPods.meant(ask)) {
            return FailingPods.theOnlyOne(ask, pod -> Plan.calls(List.of(restarted(ask, pod))));
        }
        return Targets.toChange(
                ask,
                kinds(ask, Targets.IN_CLUSTER),
                things -> Plan.calls(
                        things.stream().map(thing -> restarted(ask, thing)).toList()));
    }

    private static boolean isKnownMachine(Ask ask) {
        var names = ask.slots().names();
        if (!names.isEmpty()) {
            var bare = ask.slots().withoutKind();
            return names.size() == 1
                    && bare.size() == 1
                    && ask.subjects().called(bare.getFirst()).stream().anyMatch(thing -> thing.kind() == Term.VM);
        }
        var spokenOf =
                ask.subjects().last(Set.of(Term.POD, Term.DEPLOYMENT, Term.STATEFULSET, Term.DAEMONSET, Term.VM));
        return !ask.has(Term.POD, Term.DEPLOYMENT)
                && spokenOf.size() == 1
                && spokenOf.getFirst().kind() == Term.VM;
    }

    /** Those that the sentence speaks of, when it does. */
    private static Set<Term> kinds(Ask ask, Set<Term> all) {
        return all.stream()
                .filter(ask::has)
                .filter(kind -> kind != Term.DEPLOYMENT || !ask.sentence().says("rollout"))
                .findFirst()
                .map(Set::of)
                .orElse(all);
    }

    private static ToolCall restarted(Ask ask, Thing thing) {
        return thing.kind() == Term.POD
                ? ask.inCluster(ToolCall.of("restart_pod")
                        .with("pod_name", thing.name())
                        .with("namespace", thing.namespace()))
                : ClusterObjects.workload(ask, "restart_deployment", thing);
    }

    private static Plan scale(Ask ask) {
        var replicas = ask.slots().number();
        if (replicas.isEmpty()
                || replicas.getAsInt() > MOST_REPLICAS
                || ask.sentence().says("by")) {
            return Plan.say("To how many replicas? Say for example \"scale deployment web in shop to 3\"; "
                    + MOST_REPLICAS + " at most.");
        }
        var kinds = ask.has(Term.STATEFULSET) ? Set.of(Term.STATEFULSET) : DEPLOYMENTS;
        return Targets.toChange(
                ask,
                kinds,
                things -> Plan.calls(things.stream()
                        .map(thing -> ClusterObjects.workload(ask, "scale_deployment", thing)
                                .with("replicas", replicas.getAsInt()))
                        .toList()));
    }

    private static Plan rollBack(Ask ask) {
        var revision = ask.slots().number();
        return Targets.toChange(
                ask,
                DEPLOYMENTS,
                things -> Plan.calls(things.stream()
                        .map(thing -> {
                            var call = ClusterObjects.workload(ask, "rollout_undo", thing);
                            return revision.isPresent() && revision.getAsInt() > 0
                                    ? call.with("to_revision", revision.getAsInt())
                                    : call;
                        })
                        .toList()));
    }

    private static Plan node(Ask ask, String tool) {
        var names = ask.slots().called(Term.NODE).isEmpty()
                ? ask.slots().withoutKind()
                : ask.slots().called(Term.NODE);
        var known = ask.subjects().last(NODES);
        var chosen = !names.isEmpty()
                ? names.stream()
                        .map(name -> name.toLowerCase(Locale.ROOT))
                        .filter(Thing::isObject)
                        .toList()
                : known.size() == 1 && ask.continues()
                        ? List.of(known.getFirst().name())
                        : List.<String>of();
        if (!chosen.isEmpty()) {
            return Plan.calls(chosen.stream()
                    .map(name -> ask.inCluster(ToolCall.of(tool).with("node_name", name)))
                    .toList());
        }
        var question = "Which node? Say for example \"" + tool.replace("_", " ").replace("drain node", "drain")
                + " node worker-1\".";
        return ask.offers("node_status") && known.isEmpty()
                ? Plan.after(
                        List.of(ToolCall.of("node_status")), seen -> Plan.say(question + "\n\n" + Answers.of(seen)))
                : Plan.say(question);
    }

    private static Plan silence(Ask ask) {
        var alerts = ask.slots().called(Term.ALERTS).isEmpty()
                ? ask.slots().withoutKind()
                : ask.slots().called(Term.ALERTS);
        var spokenOf = ask.subjects().last(Set.of(Term.ALERTS)).stream()
                .map(Thing::name)
                .distinct()
                .toList();
        var wanted = alerts.isEmpty() && ask.continues() && spokenOf.size() == 1 ? spokenOf : alerts;
        if (wanted.size() != 1) {
            return Plan.say(
                    "Which alert shall be silenced? Say for example \"silence alert PodCrashLoop in shop for 2h\"."
                            + (spokenOf.isEmpty() ? "" : " I have seen: " + Cells.plain(String.join(", ", spokenOf))));
        }
        var minutes = ask.minutes();
        if (minutes.isEmpty() || minutes.getAsInt() > LONGEST_SILENCE) {
            return Plan.say("For how long shall " + Cells.plain(wanted.getFirst())
                    + " be silenced? A day at most, for example \"for 2h\".");
        }
        var matchers = "alertname=" + PromQl.text(wanted.getFirst())
                + ask.namespace()
                        .map(namespace -> ", namespace=" + PromQl.text(namespace))
                        .orElse("");
        return Plan.call(ToolCall.of("create_silence")
                .with("matchers", matchers)
                .with("minutes", minutes.getAsInt())
                .with("reason", "Asked for in a conversation with InfraAI"));
    }

    private static Plan endSilence(Ask ask) {
        return ask.slots()
                .uuid()
                .map(id -> Plan.call(ToolCall.of("expire_silence").with("silence_id", id)))
                .orElseGet(() -> Plan.say("Which silence? Say its id; \"show silenced alerts\" tells the ids."));
    }

    private static Plan snapshot(Ask ask) {
        var called = called(ask, Term.SNAPSHOT);
        var machines = machines(ask).stream()
                .filter(name -> !called.equals(Optional.of(name)))
                .toList();
        if (machines.size() != 1 || called.isEmpty()) {
            return Plan.say(
                    "Say the machine and what to call the snapshot: \"take a snapshot of vm db-1 called before-upgrade\".");
        }
        return Plan.call(ToolCall.of("create_snapshot")
                .with("vm_name", machines.getFirst())
                .with("snapshot_name", called.get()));
    }

    private static Plan remove(Ask ask) {
        var snapshot = called(ask, Term.SNAPSHOT);
        var machines = machines(ask).stream()
                .filter(name -> !snapshot.equals(Optional.of(name)))
                .toList();
        if (ask.has(Term.SNAPSHOT) && machines.size() == 1 && snapshot.isPresent()) {
            return Plan.call(ToolCall.of("remove_snapshot")
                    .with("vm_name", machines.getFirst())
                    .with("snapshot_name", snapshot.get()));
        }
        return Plan.say(
                ask.has(Term.SNAPSHOT)
                        ? "Say the snapshot and the machine: \"remove snapshot before-upgrade of vm db-1\"."
                        : "I don't delete anything but snapshots. For a fresh pod say \"restart pod NAME in NAMESPACE\".");
    }

    /** What stands behind the kind, or behind "called". */
    private static Optional<String> called(Ask ask, Term kind) {
        var tokens = ask.sentence().tokens();
        for (int i = 0; i + 1 < tokens.size(); i++) {
            if (tokens.get(i).is("called")
                    || tokens.get(i).is("named")
                    || tokens.get(i).is("as")) {
                return Optional.of(tokens.get(i + 1).text());
            }
        }
        return ask.slots().called(kind).stream().findFirst();
    }

    private static List<String> machines(Ask ask) {
        var named = ask.slots().called(Term.VM, Term.MACHINE);
        if (!named.isEmpty()) {
            return named;
        }
        var others = ask.slots().withoutKind();
        var known = ask.subjects().last(Set.of(Term.VM));
        return !others.isEmpty()
                ? others
                : known.size() == 1 ? List.of(known.getFirst().name()) : List.of();
    }

    private static Plan machine(Ask ask, String tool) {
        var machines = machines(ask);
        if (!machines.isEmpty()) {
            return Plan.calls(machines.stream()
                    .map(name -> ToolCall.of(tool).with("vm_name", name))
                    .toList());
        }
        var question = "Which virtual machine? Say for example \"restart vm db-1\".";
        return ask.offers("list_vms")
                ? Plan.after(List.of(ToolCall.of("list_vms")), seen -> Plan.say(question + "\n\n" + Answers.of(seen)))
                : Plan.say(question);
    }

    private static Plan power(Ask ask, String tool) {
        var known = ask.subjects().last(Set.of(Term.VM)).size() == 1 && ask.has(Term.IT);
        var isMachine = ask.has(Term.VM, Term.VIRTUAL, Term.MACHINE)
                || known
                || ask.slots().withoutKind().stream()
                        .anyMatch(name ->
                                ask.subjects().called(name).stream().anyMatch(thing -> thing.kind() == Term.VM));
        return isMachine || ask.demands(Term.POWER)
                ? machine(ask, tool)
                : Plan.say(
                        "I start and stop virtual machines only: \"start vm NAME\". A deployment is scaled: \"scale deployment NAME to 0\".");
    }

    private static Optional<Plan> switched(Ask ask) {
        if (ask.sentence().says("on")) {
            return Optional.of(power(ask, "power_on_vm"));
        }
        return ask.sentence().says("off", "down") || ask.has(Term.WRONG)
                ? Optional.of(power(ask, "shutdown_vm"))
                : Optional.empty();
    }

    private static Plan annotate(Ask ask) {
        return ask.sentence().tokens().stream()
                .filter(Token::quoted)
                .map(Token::text)
                .filter(text -> !text.isBlank())
                .findFirst()
                .map(text -> Plan.call(ToolCall.of("grafana_annotate").with("text", text)))
                .orElseGet(() -> Plan.say("What shall be noted? Put it in quotes: annotate \"deployed 1.2\"."));
    }
}
