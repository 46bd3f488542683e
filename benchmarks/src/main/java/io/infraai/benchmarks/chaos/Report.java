package io.infraai.benchmarks.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import io.infraai.benchmarks.chaos.Evidence.Fate;
import io.infraai.benchmarks.chaos.Evidence.Sent;
import io.infraai.benchmarks.chaos.Evidence.Task;
import io.infraai.benchmarks.chaos.Webhook.Says;

/** What happened, as a table of counts. */
final class Report {

    private Report() {}

    static List<String> lines(Evidence evidence, List<Webhook> webhooks, Sender sender) {
        var tasks = evidence.fates().stream()
                .map(Fate::task)
                .flatMap(Optional::stream)
                .toList();
        List<String> lines = new ArrayList<>();
        lines.add(line("alerts sent", evidence.sent().size()));
        lines.add(line("  accepted", count(evidence.sent(), Sent::taken)));
        lines.add(line("  repeated", count(webhooks, webhook -> webhook.says() == Says.STILL_FIRING)));
        lines.add(line("  resolved", count(evidence.sent(), Sent::resolved)));
        lines.add(line("webhooks posted", sender.posts()));
        lines.add(line("  sent twice", count(webhooks, Webhook::twice)));
        lines.add(line("  not answered with 200", sender.inVain()));
        lines.add(line(
                "episodes",
                evidence.fates().stream().map(Fate::episode).distinct().count()));
        lines.add(line("tasks", tasks.size()));
        tasks.stream()
                .collect(Collectors.groupingBy(Task::state, TreeMap::new, Collectors.counting()))
                .forEach((state, count) -> lines.add(line("  " + state, count)));
        lines.add(line("  taken up again", count(tasks, task -> task.attempts() > 1)));
        lines.add(line("  whose worker was gone", count(tasks, task -> task.crashes() > 0)));
        lines.add(line("effects in the cluster", evidence.effects().size()));
        lines.add(line("effects in the audit log", evidence.entries().size()));
        return lines;
    }

    private static <T> long count(List<T> all, Predicate<T> wanted) {
        return all.stream().filter(wanted).count();
    }

    private static String line(String what, long count) {
        return String.format(Locale.ROOT, "%-26s %,9d", what, count);
    }
}
