package io.infraai.benchmarks.drain;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/** What was drained, as tables and as JSON. */
final class Report {

    /** Of a run's moments so many are printed. */
    private static final int SHOWN = 10;

    private Report() {}

    static List<String> print(List<Drained> queues, List<Drained> bursts) {
        List<String> lines = new ArrayList<>();
        lines.add("a change, ms | workers |  tasks | seconds | tasks/s | by one worker's | least share | most share"
                + " | worker CPU ms/task | not done | highest lag | highest pending | most replicas");
        queues.forEach(run -> lines.add(line(run, queues)));
        bursts.forEach(run -> lines.add(line(run, bursts)));
        lines.add("");
        lines.add("a change, ms | workers | second |  open |    lag | pending | replicas asked for");
        queues.forEach(run -> shown(run.moments()).forEach(moment -> lines.add(line(run, moment))));
        return lines;
    }

    private static String line(Drained run, List<Drained> all) {
        var alone = all.stream()
                .filter(it -> it.millis() == run.millis() && it.workers() == 1)
                .findFirst()
                .orElseThrow();
        return String.format(
                Locale.ROOT,
                "%12d | %7d | %6d | %7.1f | %7.0f | %15.2f | %11d | %10d | %18.2f | %8d | %11s | %15d | %13d",
                run.millis(),
                run.workers(),
                run.tasks(),
                run.seconds(),
                run.rate(),
                run.rate() / alone.rate(),
                run.least(),
                run.most(),
                run.cpuMillis(),
                run.notDone(),
                highestLag(run),
                run.moments().stream().mapToLong(Moment::pending).max().orElse(0),
                run.moments().stream().mapToInt(Moment::replicas).max().orElse(0));
    }

    private static String line(Drained run, Moment moment) {
        return String.format(
                Locale.ROOT,
                "%12d | %7d | %6d | %5d | %6s | %7d | %18d",
                run.millis(),
                run.workers(),
                moment.second(),
                moment.open(),
                shown(moment.lag()),
                moment.pending(),
                moment.replicas());
    }

    private static String highestLag(Drained run) {
        return shown(run.moments().stream()
                .map(Moment::lag)
                .filter(OptionalLong::isPresent)
                .mapToLong(OptionalLong::getAsLong)
                .max());
    }

    private static String shown(OptionalLong value) {
        return value.isPresent() ? Long.toString(value.getAsLong()) : "-";
    }

    private static List<Moment> shown(List<Moment> moments) {
        var step = Math.max(1, moments.size() / SHOWN);
        return moments.stream()
                .filter(moment -> moments.indexOf(moment) % step == 0)
                .collect(Collectors.toList());
    }

    static String json(List<Drained> queues, List<Drained> bursts) {
        var json = JsonNodeFactory.instance.objectNode();
        queues.forEach(run -> add(json.withArrayProperty("queues"), run));
        bursts.forEach(run -> add(json.withArrayProperty("bursts"), run));
        return json.toPrettyString();
    }

    private static void add(ArrayNode runs, Drained run) {
        var node = runs.addObject()
                .put("change_millis", run.millis())
                .put("workers", run.workers())
                .put("tasks", run.tasks())
                .put("seconds", run.seconds())
                .put("tasks_per_second", run.rate())
                .put("worker_cpu_millis_per_task", run.cpuMillis())
                .put("not_done", run.notDone());
        run.shares().forEach(node.putArray("shares")::add);
        var moments = node.putArray("moments");
        for (var moment : run.moments()) {
            var seen = moments.addObject()
                    .put("second", moment.second())
                    .put("open", moment.open())
                    .put("pending", moment.pending())
                    .put("replicas", moment.replicas());
            moment.lag().ifPresent(lag -> seen.put("lag", lag));
        }
    }
}
