package io.infraai.benchmarks.drain;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.infraai.benchmarks.loop.Rig;

/** How fast one, two and four workers empty the same queue, how they share it, and what KEDA would make of it. */
public final class DrainBench {

    private static final int TASKS = Integer.getInteger("drain.tasks", 10_000);
    private static final int BURST = 200;

    /** For each worker: until then its JVM is busier with compiling than with tasks. */
    private static final int WARM_UP = 4_000;

    private static final List<Integer> WORKERS = List.of(1, 2, 4);
    private static final List<Integer> MILLIS = List.of(0, 200);

    /** Where the program comes along that Redis is started from, unless a newer one is installed. */
    private static final String REDIS = "infraai.test.redis-server";

    private static final Pattern VERSION = Pattern.compile("v=(\\d+)\\.");
    private static final int FIRST_WITH_LAG = 7;

    private final Rig rig;
    private final StubCluster cluster;
    private final Site site;
    private int runs;

    private DrainBench(Rig rig, StubCluster cluster, Site site) {
        this.rig = rig;
        this.cluster = cluster;
        this.site = site;
    }

    /** Prints tables, and writes them with what was seen each second as JSON. */
    public static void run() {
        var newer = installedRedis();
        newer.ifPresent(program -> System.setProperty(REDIS, program));
        System.out.println(newer.map(program -> "Redis: " + program)
                .orElse("Redis: the one that comes along, which knows no lag; install Redis 7 for that column"));
        try (var rig = new Rig();
                var cluster = new StubCluster(rig.vertx());
                var site = new Site(rig, cluster)) {
            var bench = new DrainBench(rig, cluster, site);
            List<Drained> queues = new ArrayList<>();
            List<Drained> bursts = new ArrayList<>();
            for (var workers : WORKERS) {
                bench.start(workers);
                for (var millis : MILLIS) {
                    queues.add(bench.drain(workers, millis, TASKS));
                    bursts.add(bench.drain(workers, millis, BURST));
                }
            }
            queues.sort(Comparator.comparingInt(Drained::millis));
            bursts.sort(Comparator.comparingInt(Drained::millis));
            Report.print(queues, bursts).forEach(System.out::println);
            System.out.println("Each second of it: " + write(Report.json(queues, bursts)));
        } finally {
            System.clearProperty(REDIS);
        }
    }

    private void start(int workers) {
        site.workers(workers);
        drain(workers, 0, WARM_UP * workers);
    }

    private Drained drain(int workers, int millis, int tasks) {
        var run = "r" + runs++;
        var before = site.ended();
        site.plan(run, tasks);
        var cpu = site.cpuSeconds();
        cluster.changesTake(millis);
        try (var depth = new Depth(rig, Keda.OF_THE_CHART)) {
            depth.begin();
            var start = System.nanoTime();
            site.go();
            site.awaitDrained();
            var seconds = (System.nanoTime() - start) / 1e9;
            var used = site.cpuSeconds() - cpu;
            var after = site.ended();
            var shares = IntStream.range(0, workers)
                    .mapToObj(worker -> after.get(worker) - before.get(worker))
                    .toList();
            System.out.printf(
                    Locale.ROOT, "%,d tasks of %d ms by %d workers: %.1f s%n", tasks, millis, workers, seconds);
            return new Drained(
                    millis, workers, tasks, seconds, used * 1_000 / tasks, shares, notDone(run), depth.end());
        }
    }

    private long notDone(String run) {
        return rig.query("SELECT count(*) FROM task WHERE state <> 'done' AND target_key LIKE $1", "%/" + run + "-%")
                .getFirst()
                .getLong(0);
    }

    private static Optional<String> installedRedis() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(directory -> Path.of(directory, "redis-server"))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .filter(DrainBench::knowsLag)
                .findFirst();
    }

    private static boolean knowsLag(String program) {
        try {
            var asked = new ProcessBuilder(program, "--version")
                    .redirectErrorStream(true)
                    .start();
            var version = VERSION.matcher(new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            return version.find() && Integer.parseInt(version.group(1)) >= FIRST_WITH_LAG;
        } catch (IOException e) {
            return false;
        }
    }

    private static Path write(String json) {
        try {
            return Files.writeString(Path.of("benchmarks", "target", "drain.json"), json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
