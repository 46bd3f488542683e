package io.infraai.engine.offline;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;

/** What an investigation found, with the evidence, the likely cause and what may be done: nothing that no result says. */
final class Report {

    private static final int MOST_FAULTS = 8;
    private static final int MOST_ALERTS = 8;

    private final Evidence evidence;
    private final List<Seen> closer;

    private Report(Evidence evidence, List<Seen> closer) {
        this.evidence = evidence;
        this.closer = closer;
    }

    static String of(Evidence evidence, List<Seen> closer) {
        return new Report(evidence, closer).text();
    }

    private String text() {
        var parts = new ArrayList<String>();
        parts.add(verdict());
        var faults = evidence.faults().stream().map(this::refined).toList();
        for (int i = 0; i < Math.min(MOST_FAULTS, faults.size()); i++) {
            parts.add(fault(i + 1, faults.get(i)));
        }
        if (faults.size() > MOST_FAULTS) {
            parts.add("… and " + (faults.size() - MOST_FAULTS) + " more.");
        }
        alerts().ifPresent(parts::add);
        closer.stream()
                .filter(seen -> seen.isOf("query_range") && seen.result().done())
                .map(Answers::of)
                .forEach(parts::add);
        parts.add(looked());
        return String.join("\n\n", parts);
    }

    private String verdict() {
        var subject = Cells.plain(evidence.subject());
        if (!evidence.faults().isEmpty()) {
            var count = evidence.faults().size();
            return "**" + (count == 1 ? "1 fault" : count + " faults") + " found: " + subject + ".**";
        }
        if (evidence.failed().size() == evidence.looked().size()) {
            return "**I couldn't look at anything, so I can't say how " + subject + " is.**";
        }
        if (evidence.investigation().name().isPresent()
                && evidence.pods().isEmpty()
                && !evidence.investigation().is(Term.NODE)
                && !evidence.investigation().is(Term.ALERTS)) {
            return "**I found no pod of " + subject + ".** Check the name, or say the namespace.";
        }
        return "**Nothing wrong found: " + subject + ".**"
                + (evidence.alerts().isEmpty() ? "" : " But alerts are active.");
    }

    /** A crash loop whose container was killed for its memory is that. */
    private Fault refined(Fault fault) {
        var killed = closer.stream()
                .filter(seen -> seen.isOf("describe")
                        && fault.pods().contains(seen.call().argument("name")))
                .flatMap(seen -> seen.result()
                        .detail()
                        .at("/object/status/containerStatuses")
                        .valueStream())
                .anyMatch(container ->
                        container.at("/lastState/terminated/reason").asText().equals("OOMKilled"));
        return killed && fault.symptom() == Symptom.CRASH_LOOP
                ? new Fault(Symptom.OUT_OF_MEMORY, fault.namespace(), fault.place(), fault.pods(), fault.evidence())
                : fault;
    }

    private String fault(int number, Fault fault) {
        var lines = new ArrayList<String>();
        lines.add(number + ". **" + fault.symptom().title() + "**: " + what(fault));
        fault.evidence().forEach(line -> lines.add("   - evidence: " + line));
        closerEvidence(fault).forEach(line -> lines.add("   - evidence: " + line));
        lines.add("   - likely cause: " + fault.symptom().cause());
        lines.add("   - next: " + fault.symptom().next());
        proposal(fault).ifPresent(sentence -> lines.add("   - you may say: \"" + Cells.plain(sentence) + "\""));
        return String.join("\n", lines);
    }

    private static String what(Fault fault) {
        if (fault.pods().isEmpty()) {
            return Cells.plain(fault.place().startsWith("/") ? fault.place().substring(1) : fault.place());
        }
        var pods = fault.pods().stream().limit(3).map(Cells::code).collect(Collectors.joining(", "));
        var more = fault.pods().size() > 3 ? " and " + (fault.pods().size() - 3) + " more" : "";
        return "pod " + pods + more + (fault.namespace().isEmpty() ? "" : " in " + Cells.plain(fault.namespace()));
    }

    private List<String> closerEvidence(Fault fault) {
        var lines = new ArrayList<String>();
        for (var seen : closer) {
            var of = fault.pods().contains(seen.call().argument("pod_name"))
                    || fault.pods().contains(seen.call().argument("name"));
            if (!seen.result().done()) {
                continue;
            }
            if (of && seen.isOf("pod_logs")) {
                lines.addAll(log(seen.result().detail().path("log").asText("")));
            }
            if (of && seen.isOf("describe")) {
                lines.addAll(described(seen.result().detail()));
            }
            if (fault.symptom().mayComeFromRollout() && seen.isOf("rollout_history") && isOf(fault, seen)) {
                latest(seen).ifPresent(lines::add);
            }
        }
        return lines;
    }

    private static boolean isOf(Fault fault, Seen history) {
        return fault.pods().stream()
                .anyMatch(pod -> Thing.deploymentOf(pod).equals(history.call().argument("deployment_name")));
    }

    private static List<String> log(String log) {
        var lines = new ArrayList<String>();
        var cause = LogCause.of(log);
        cause.ifPresent(line -> lines.add("log line that says why: " + Cells.code(line)));
        LogCause.last(log)
                .filter(line -> !cause.equals(Optional.of(line)))
                .ifPresent(line -> lines.add("last log line: " + Cells.code(line)));
        return lines;
    }

    private static List<String> described(JsonNode detail) {
        var lines = new ArrayList<String>();
        for (var container : detail.at("/object/status/containerStatuses")) {
            var ended = container.at("/lastState/terminated");
            if (!ended.isMissingNode()) {
                lines.add("container " + Cells.code(container.path("name").asText()) + " last ended with "
                        + Cells.plain(ended.path("reason").asText("no reason")) + ", exit code "
                        + ended.path("exitCode").asInt());
            }
            var message = container.at("/state/waiting/message").asText("");
            if (!message.isEmpty()) {
                lines.add(
                        "container " + Cells.code(container.path("name").asText()) + " waits: " + Cells.code(message));
            }
        }
        detail.path("events")
                .valueStream()
                .filter(event -> event.path("type").asText().equals("Warning"))
                .limit(2)
                .map(event -> "event " + Cells.code(event.path("reason").asText()) + ", "
                        + event.path("count").asInt(1) + "×: "
                        + Cells.code(event.path("message").asText()))
                .forEach(lines::add);
        return lines;
    }

    private static Optional<String> latest(Seen history) {
        var newest = history.result().items("revisions").path(0);
        return newest.isMissingNode()
                ? Optional.empty()
                : Optional.of("latest revision " + newest.path("revision").asInt() + " of "
                        + Cells.plain(history.call().argument("deployment_name")) + " is from "
                        + Cells.plain(newest.path("created").asText()) + ": "
                        + Cells.code(newest.path("images").path(0).asText("")));
    }

    /** A sentence that would be understood, only where the results say that it can work. */
    private Optional<String> proposal(Fault fault) {
        var history = closer.stream()
                .filter(seen -> seen.isOf("rollout_history") && seen.result().done() && isOf(fault, seen))
                .findFirst();
        if (fault.symptom().mayComeFromRollout()
                && history.isPresent()
                && history.get().result().items("revisions").size() > 1) {
            return Optional.of("roll back deployment " + history.get().call().argument("deployment_name") + " in "
                    + fault.namespace());
        }
        return switch (fault.symptom()) {
            case NODE_DOWN, NODE_PRESSURE ->
                Optional.of(
                        "cordon node " + fault.place().substring(fault.place().indexOf('/') + 1));
            case CRASH_LOOP, FAILING_PROBE, NOT_READY ->
                fault.pods().stream().findFirst().map(pod -> "restart pod " + pod + " in " + fault.namespace());
            case UNSCHEDULABLE -> Optional.of("status of the nodes");
            default -> Optional.empty();
        };
    }

    private Optional<String> alerts() {
        if (evidence.alerts().isEmpty()) {
            return Optional.empty();
        }
        var shown = evidence.alerts().stream()
                .limit(MOST_ALERTS)
                .map(alert -> "- " + Cells.plain(alert.at("/labels/alertname").asText()) + " ("
                        + Cells.plain(alert.path("state").asText()) + "): "
                        + Cells.plain(alert.at("/annotations/summary")
                                .asText(alert.at("/annotations/description").asText(""))))
                .collect(Collectors.joining("\n"));
        var more = evidence.alerts().size() > MOST_ALERTS
                ? "\n- … and " + (evidence.alerts().size() - MOST_ALERTS) + " more"
                : "";
        return Optional.of("Active alerts:\n\n" + shown + more);
    }

    private String looked() {
        var all = new ArrayList<>(evidence.looked());
        all.addAll(closer);
        var done = all.stream()
                .filter(seen -> seen.result().done())
                .map(seen ->
                        "`" + seen.tool() + "` (" + Cells.plain(seen.result().summary())
                                + (seen.result().whole() ? "" : ", not all of it read") + ")")
                .distinct()
                .collect(Collectors.joining(", "));
        var failed = all.stream()
                .filter(seen -> !seen.result().done())
                .map(seen ->
                        "`" + seen.tool() + "` (" + Cells.plain(seen.result().summary()) + ")")
                .distinct()
                .collect(Collectors.joining(", "));
        return (done.isEmpty() ? "" : "Looked at: " + done + ".")
                + (failed.isEmpty() ? "" : " Couldn't look at: " + failed + ".");
    }
}
