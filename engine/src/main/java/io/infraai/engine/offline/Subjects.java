package io.infraai.engine.offline;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;

import io.infraai.engine.offline.Conversation.Exchange;

/**
 * What the conversation was about before, the newest turn first: what the user or a call named, and what results listed in the
 * order in which the answer showed it.
 */
record Subjects(List<Turn> turns) {

    /**
     * @param named what a call was made for because the user said so
     * @param listed what a result showed
     */
    record Turn(List<Thing> named, List<Thing> listed, String namespace) {}

    static Subjects of(Conversation conversation) {
        return new Subjects(
                conversation.earlier().reversed().stream().map(Subjects::turn).toList());
    }

    /** With what the message itself told first. */
    Subjects after(Turn told) {
        var all = new ArrayList<Turn>();
        all.add(told);
        all.addAll(turns);
        return new Subjects(List.copyOf(all));
    }

    private static Turn turn(Exchange exchange) {
        var named = new LinkedHashSet<Thing>();
        var listed = new LinkedHashSet<Thing>();
        var namespace = "";
        for (var seen : exchange.seen()) {
            named.addAll(named(seen.call()));
            listed.addAll(listed(seen, exchange.message()));
            if (!seen.call().argument("namespace").isEmpty()) {
                namespace = seen.call().argument("namespace");
            }
        }
        var said = exchange.message().toLowerCase(Locale.ROOT);
        // a call that only code chose, out of several, isn't what the user spoke of
        var spoken = named.stream()
                .filter(thing ->
                        listed.size() <= 1 || said.contains(thing.name().toLowerCase(Locale.ROOT)))
                .toList();
        return new Turn(spoken, List.copyOf(listed), namespace);
    }

    private static List<Thing> named(ToolCall call) {
        var things = new ArrayList<Thing>();
        var namespace = call.argument("namespace");
        add(things, Term.POD, namespace, call.argument("pod_name"));
        var kind = Term.of(call.argument("kind")).filter(Term::takesName).orElse(Term.DEPLOYMENT);
        add(things, kind, namespace, call.argument("deployment_name"));
        add(things, Term.NODE, "", call.argument("node_name"));
        add(things, Term.VM, "", call.argument("vm_name"));
        add(things, Term.HOST, "", call.argument("host_name"));
        add(things, Term.ALERTS, "", call.argument("alertname"));
        if (!call.argument("kind").isEmpty()) {
            add(things, kind, namespace, call.argument("name"));
        }
        return things;
    }

    private static List<Thing> listed(Seen seen, String message) {
        var things = new ArrayList<Thing>();
        var result = seen.result();
        var pods = Pods.sorted(result.items("pods"));
        var onlyTroubled = Sentence.of(message).stream()
                        .anyMatch(sentence -> sentence.has(Term.WRONG, Term.WHY, Term.WELL, Term.INVESTIGATE))
                && pods.stream().anyMatch(Pods::troubled);
        if (seen.isOf("list_pods") || seen.isOf("top")) {
            pods.stream()
                    .filter(pod -> !onlyTroubled || Pods.troubled(pod))
                    .forEach(pod -> add(things, Term.POD, pod.path("namespace").asText(""), name(pod)));
        }
        result.items("nodes").forEach(node -> add(things, Term.NODE, "", name(node)));
        result.items("vms").forEach(machine -> add(things, Term.VM, "", name(machine)));
        result.items("hosts").forEach(host -> add(things, Term.HOST, "", name(host)));
        result.items("alerts")
                .forEach(alert -> add(
                        things,
                        Term.ALERTS,
                        "",
                        alert.path("labels").path("alertname").asText("")));
        result.items("episodes")
                .forEach(episode ->
                        add(things, Term.ALERTS, "", episode.path("alertname").asText("")));
        if (seen.isOf("list_resources")) {
            var kind = Term.of(seen.call().argument("kind")).filter(Term::takesName);
            kind.ifPresent(is -> result.detail()
                    .path("items")
                    .forEach(object -> add(things, is, object.path("namespace").asText(""), name(object))));
        }
        return things;
    }

    private static String name(JsonNode node) {
        return node.path("name").asText("");
    }

    private static void add(List<Thing> things, Term kind, String namespace, String name) {
        // what has no name that its platform could have given is nobody's target
        var possible = kind.resourceKind().isEmpty()
                || (Thing.isObject(name) && (namespace.isEmpty() || Thing.isNamespace(namespace)));
        if (!name.isEmpty() && possible) {
            things.add(new Thing(kind, namespace, name));
        }
    }

    /** What was spoken of last, of one of these kinds: one thing, or several that could be meant. */
    List<Thing> last(Set<Term> kinds) {
        for (var turn : turns) {
            for (var things : List.of(turn.named(), turn.listed())) {
                var fitting = things.stream()
                        .filter(thing -> kinds.contains(thing.kind()))
                        .toList();
                if (!fitting.isEmpty()) {
                    return fitting;
                }
            }
        }
        return List.of();
    }

    /** What was listed last, in the order in which it was shown. */
    List<Thing> shown(Set<Term> kinds) {
        return turns.stream()
                .map(turn -> turn.listed().stream()
                        .filter(thing -> kinds.contains(thing.kind()))
                        .toList())
                .filter(things -> !things.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    /** Everything of this name that was seen or named. */
    List<Thing> called(String name) {
        var found = new LinkedHashSet<Thing>();
        for (var turn : turns) {
            turn.named().stream().filter(thing -> thing.name().equals(name)).forEach(found::add);
            turn.listed().stream().filter(thing -> thing.name().equals(name)).forEach(found::add);
        }
        return List.copyOf(found);
    }

    /** The namespace that was spoken of last; empty when there is none. */
    String namespace() {
        return turns.stream()
                .map(Turn::namespace)
                .filter(namespace -> !namespace.isEmpty())
                .findFirst()
                .orElse("");
    }
}
