package io.infraai.engine.offline;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What the first look found.
 *
 * @param pods that the question is about, those in trouble first
 * @param alerts that are active there
 * @param failed what couldn't be looked at
 */
record Evidence(
        Investigation investigation,
        List<JsonNode> pods,
        List<JsonNode> alerts,
        List<Fault> faults,
        List<Seen> looked,
        List<Seen> failed) {

    static Evidence of(Investigation investigation, List<Seen> seen) {
        var pods = items(seen, "list_pods", "pods");
        var concerned = pods.stream()
                .filter(investigation::concerns)
                .sorted(Pods.WORST_FIRST)
                .toList();
        var events = items(seen, "events", "events").stream()
                .filter(event -> concerns(event, concerned, investigation))
                .toList();
        var aboutNodes = investigation.name().isEmpty() || investigation.is(Term.NODE);
        var nodes = aboutNodes ? items(seen, "node_status", "nodes") : List.<JsonNode>of();
        var alerts = new ArrayList<>(items(seen, "list_alerts", "alerts"));
        alerts.addAll(items(seen, "active_alerts", "alerts"));
        var faults = new ArrayList<>(Fault.of(concerned, events, nodes));
        seen.stream()
                .filter(each -> each.isOf("rollout_status")
                        && each.result().detail().path("stuck").asBoolean())
                .forEach(each -> faults.add(stuck(investigation, each)));
        var failed = seen.stream().filter(each -> !each.result().done()).toList();
        return new Evidence(investigation, concerned, alerts, List.copyOf(faults), seen, failed);
    }

    private static List<JsonNode> items(List<Seen> seen, String tool, String field) {
        return seen.stream()
                .filter(each -> each.isOf(tool))
                .flatMap(each -> each.result().items(field).valueStream())
                .toList();
    }

    private static Fault stuck(Investigation investigation, Seen rollout) {
        var namespace = investigation.namespace().orElse("");
        return new Fault(
                Symptom.STUCK_ROLLOUT,
                namespace,
                namespace + "/" + investigation.name().orElse(""),
                List.of(),
                List.of("rollout: " + Cells.plain(rollout.result().summary())));
    }

    private static boolean concerns(JsonNode event, List<JsonNode> pods, Investigation investigation) {
        var object = event.path("object").asText();
        var name = object.substring(object.indexOf('/') + 1);
        return investigation.name().isEmpty()
                || investigation.is(Term.ALERTS)
                || name.startsWith(investigation.name().get())
                || pods.stream().anyMatch(pod -> Pods.name(pod).equals(name));
    }

    /** What was asked about, in words. */
    String subject() {
        var space = investigation.namespace().map(each -> " in " + each).orElse("");
        return investigation
                .name()
                .map(name -> name + space)
                .orElse(space.isEmpty() ? "the cluster" : space.substring(4));
    }
}
