package io.infraai.benchmarks.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import io.infraai.benchmarks.chaos.Evidence.Entry;
import io.infraai.benchmarks.chaos.Evidence.Fate;
import io.infraai.benchmarks.chaos.Evidence.Made;
import io.infraai.benchmarks.chaos.Evidence.Sent;
import io.infraai.benchmarks.chaos.Evidence.Task;

/** Compares what was accepted with what was done; knows nothing of how it came about. */
final class Checker {

    private final Evidence evidence;
    private final Map<String, List<Fate>> fates;
    private final Map<String, List<Made>> byTask;
    private final Map<String, List<Made>> byTarget;

    private final List<String> lost = new ArrayList<>();
    private final List<String> doubled = new ArrayList<>();
    private final List<String> stuck = new ArrayList<>();
    private final List<String> unhealed = new ArrayList<>();

    private Checker(Evidence evidence) {
        this.evidence = evidence;
        fates = evidence.fates().stream().collect(Collectors.groupingBy(Fate::alert));
        byTask = evidence.effects().stream().collect(Collectors.groupingBy(Made::task));
        byTarget = evidence.effects().stream().collect(Collectors.groupingBy(Made::target));
    }

    static Verdict verdict(Evidence evidence) {
        return new Checker(evidence).verdict();
    }

    private Verdict verdict() {
        for (var sent : evidence.sent()) {
            var found = fates.getOrDefault(sent.alert(), List.of());
            if (!sent.taken()) {
                stuck.add(sent.alert() + " was never answered with 200");
            } else if (found.isEmpty()) {
                lost.add(sent.alert() + " was accepted and there is no episode of it");
            } else {
                judge(sent, found);
            }
        }
        return new Verdict(lost, doubled, stuck, unhealed, unaudited(), evidence.refusals());
    }

    private void judge(Sent sent, List<Fate> found) {
        var tasks = found.stream().map(Fate::task).flatMap(Optional::stream).toList();
        once(sent, found, tasks);
        if (found.stream().anyMatch(Fate::undecided)) {
            stuck.add(sent.alert() + " is undecided");
        } else if (tasks.isEmpty() && !sent.resolved()) {
            lost.add(sent.alert() + " was accepted and there is no task for it: "
                    + found.getFirst().decision());
        }
        for (var task : tasks) {
            if (!task.ended()) {
                stuck.add(sent.alert() + " is " + task.state() + ": " + task.reason());
            } else if (task.done() && !byTask.containsKey(task.uid())) {
                lost.add(sent.alert() + " is done and the cluster knows nothing of it");
            } else if (!task.done() && !sent.resolved()) {
                unhealed.add(sent.alert() + " is " + task.state() + ": " + task.reason());
            }
        }
    }

    /** One episode, one task, one effect: by the task that a call was made for, and by the target that was changed. */
    private void once(Sent sent, List<Fate> found, List<Task> tasks) {
        var made = Math.max(
                byTarget.getOrDefault(sent.target(), List.of()).size(),
                tasks.stream()
                        .mapToInt(task ->
                                byTask.getOrDefault(task.uid(), List.of()).size())
                        .sum());
        var episodes = found.stream().map(Fate::episode).distinct().count();
        if (made > 1) {
            doubled.add(sent.alert() + " was acted on " + made + " times");
        } else if (episodes > 1 || tasks.size() > 1) {
            doubled.add(sent.alert() + " has " + episodes + " episodes and " + tasks.size() + " tasks");
        }
    }

    private List<String> unaudited() {
        var entries = evidence.entries().stream().collect(Collectors.groupingBy(Entry::task));
        List<String> found = new ArrayList<>();
        if (!evidence.chained()) {
            found.add("the audit log's chain doesn't hold");
        }
        byTask.keySet().stream()
                .filter(task -> !entries.containsKey(task))
                .forEach(task -> found.add("the effect of task " + task + " isn't in the audit log"));
        entries.forEach((task, told) -> {
            if (told.size() > 1) {
                found.add("the audit log tells of task " + task + " " + told.size() + " times");
            }
            if (told.getFirst().state().equals("done") && !byTask.containsKey(task)) {
                found.add("the audit log tells of an effect of task " + task + " that the cluster knows nothing of");
            }
        });
        return found;
    }
}
