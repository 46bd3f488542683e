package io.infraai.engine.offline;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What is asked about InfraAI itself: alerts that it got, its policies and tasks. */
final class Own {

    private Own() {}

    static boolean asksWhyDecided(Ask ask) {
        var decision = ask.has(Term.WHY, Term.EXPLAIN) || (ask.has(Term.QUESTION) && ask.has(Term.ACTED));
        return decision
                && (ask.has(Term.POLICY)
                        || ask.has(Term.ACTED)
                        || ask.sentence().says("decision")
                        || (ask.has(Term.NOT) && ask.has(Term.FIRED)))
                && (ask.has(Term.POLICY)
                        || !ask.slots().called(Term.ALERTS).isEmpty()
                        || alert(ask).isPresent());
    }

    static Plan decision(Ask ask) {
        var alert = alert(ask);
        var policy = ask.slots().called(Term.POLICY).stream().findFirst();
        var episode = ask.slots().uuid();
        if (alert.isEmpty() && episode.isEmpty()) {
            return ask.offers("list_episodes")
                    ? Plan.after(
                            List.of(ToolCall.of("list_episodes")),
                            seen -> Plan.say(
                                    "About which alert? Say for example \"why did no policy act on PodCrashLoop?\".\n\n"
                                            + Answers.of(seen)))
                    : Plan.say("About which alert? Say for example \"why did no policy act on PodCrashLoop?\".");
        }
        return Plan.call(ToolCall.of("explain_decision")
                .with("alertname", episode.isPresent() ? null : alert.orElse(null))
                .with("episode", episode.map(id -> id.toLowerCase(Locale.ROOT)).orElse(null))
                .with(
                        "labels",
                        ask.slots()
                                .namespace()
                                .map(namespace -> "namespace=" + namespace)
                                .orElse(null))
                .with("policy", policy.orElse(null)));
    }

    private static Optional<String> alert(Ask ask) {
        var named = ask.slots().called(Term.ALERTS);
        if (!named.isEmpty()) {
            return Optional.of(named.getFirst());
        }
        var known = ask.subjects().last(Set.of(Term.ALERTS)).stream()
                .map(Thing::name)
                .distinct()
                .toList();
        var bare = ask.slots().withoutKind();
        return bare.isEmpty()
                ? known.size() == 1 ? Optional.of(known.getFirst()) : Optional.empty()
                : Optional.of(bare.getFirst());
    }

    private static final List<List<String>> DONE = List.of(
            List.of("been", "done"),
            List.of("was", "done"),
            List.of("you", "do"),
            List.of("you", "done"),
            List.of("infraai", "do"),
            List.of("infraai", "done"),
            List.of("got", "healed"),
            List.of("was", "healed"));

    /** What was done, not what can be. */
    static boolean asksWhatWasDone(Ask ask) {
        return ask.has(Term.QUESTION)
                && !ask.sentence().saysInARow("can", "you", "do")
                && !ask.sentence().saysInARow("can", "infraai", "do")
                && DONE.stream().anyMatch(words -> ask.sentence().saysInARow(words.toArray(String[]::new)));
    }

    /** About an alert what was decided and what came of it, else the tasks. */
    static Plan whatWasDone(Ask ask) {
        var alert = ask.slots().called(Term.ALERTS).stream().findFirst();
        return alert.isEmpty()
                ? Plan.call(ToolCall.of("list_tasks"))
                : Plan.calls(List.of(
                        ToolCall.of("explain_decision").with("alertname", alert.get()), ToolCall.of("list_tasks")));
    }

    static boolean asksForSimilar(Ask ask) {
        var named = !ask.slots().called(Term.ALERTS).isEmpty() && !ask.has(Term.LOGS);
        return ask.has(Term.SIMILAR) || (ask.has(Term.BEFORE) && (ask.has(Term.FIRED) || named));
    }

    static Plan similar(Ask ask) {
        return alert(ask)
                .map(alert -> Plan.call(ToolCall.of("similar_incidents")
                        .with("alertname", alert)
                        .with(
                                "labels",
                                ask.slots()
                                        .namespace()
                                        .map(namespace -> "namespace=" + namespace)
                                        .orElse(null))))
                .orElseGet(() ->
                        Plan.say("Similar to which alert? Say for example \"similar incidents to PodCrashLoop\"."));
    }

    static boolean asksWhatFired(Ask ask) {
        return (ask.has(Term.FIRED) && !ask.has(Term.VM, Term.VIRTUAL, Term.MACHINE))
                || (ask.has(Term.ALERTS) && ask.slots().seconds().isPresent());
    }

    static Plan episodes(Ask ask) {
        var call = ToolCall.of("list_episodes")
                .with(
                        "alertname",
                        ask.slots().called(Term.ALERTS).stream().findFirst().orElse(null))
                .with("namespace", ask.namespace().orElse(null));
        return Plan.call(
                ask.hours().isPresent() ? call.with("hours", ask.hours().getAsInt()) : call);
    }

    static Plan alerts(Ask ask) {
        var name = ask.slots().called(Term.ALERTS).stream().findFirst();
        var fromRules = (ask.has(Term.WRONG) && ask.sentence().says("pending")) || !ask.offers("list_alerts");
        if (fromRules) {
            return Plan.call(ToolCall.of("active_alerts").with("alertname", name.orElse(null)));
        }
        var matchers = Stream.of(
                        name.map(each -> "alertname=" + PromQl.text(each)),
                        ask.namespace().map(each -> "namespace=" + PromQl.text(each)))
                .flatMap(Optional::stream)
                .toList();
        return Plan.call(ToolCall.of("list_alerts")
                .with("state", ask.has(Term.SILENCED, Term.SILENCE) ? "SILENCED" : "ACTIVE")
                .with("matchers", String.join(", ", matchers)));
    }

    /** What waits for a person. */
    static boolean asksWhatWaits(Ask ask) {
        return ask.sentence().says("waiting", "waits", "wait") && ask.sentence().says("me", "my", "us", "our", "you");
    }

    static Plan tasks(Ask ask) {
        var number = ask.slots().number();
        if (number.isPresent() && number.getAsInt() > 0) {
            return Plan.call(ToolCall.of("get_task").with("task_id", number.getAsInt()));
        }
        var state = ask.has(Term.APPROVALS) || asksWhatWaits(ask)
                ? "awaiting_approval"
                : ask.sentence().says("failed") ? "failed" : ask.sentence().says("running") ? "running" : null;
        return Plan.call(ToolCall.of("list_tasks").with("state", state));
    }

    static Plan proposal(Ask ask) {
        var alert = ask.slots().called(Term.ALERTS).stream().findFirst();
        var tool = tool(ask);
        if (alert.isEmpty() || tool.isEmpty()) {
            return Plan.say(
                    "For which alert, and what shall it do? Say for example \"propose a policy that restarts the pod when"
                            + " PodCrashLoop fires\".");
        }
        return Plan.call(ToolCall.of("propose_policy")
                .with("alertname", alert.get())
                .with("tool", tool.get())
                .with(
                        "labels",
                        ask.slots()
                                .namespace()
                                .map(namespace -> "namespace=" + namespace)
                                .orElse(null)));
    }

    private static Optional<String> tool(Ask ask) {
        if (ask.has(Term.RESTART, Term.RESTARTS)) {
            return Optional.of(
                    ask.has(Term.VM, Term.MACHINE)
                            ? "restart_vm"
                            : ask.has(Term.DEPLOYMENT) ? "restart_deployment" : "restart_pod");
        }
        if (ask.has(Term.ROLL_BACK, Term.ROLL) || ask.sentence().says("rolls")) {
            return Optional.of("rollout_undo");
        }
        return ask.has(Term.CORDON) || ask.sentence().says("cordons") ? Optional.of("cordon") : Optional.empty();
    }
}
