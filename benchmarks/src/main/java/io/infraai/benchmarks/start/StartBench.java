package io.infraai.benchmarks.start;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

import io.infraai.benchmarks.start.Running.Start;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

/**
 * From the start of a process until it says that it is ready, and what it keeps in memory then and after some load: each program
 * in three packagings, in turns, with the Java and the options of the images and the memory that the chart gives it.
 */
public final class StartBench {

    private static final int ROUNDS = 5;

    private static final Path IMAGES = Path.of("target", "images");
    private static final Path FAST = Path.of("benchmarks", "target", "start");

    /** MiB, as limited in the chart's values. */
    private static final Map<String, Integer> LIMITS =
            Map.of("gateway", 512, "healing", 384, "engine", 512, "worker", 512, Program.STANDALONE, 1536);

    private final Map<Packaging, Map<String, List<Measured>>> seen = new EnumMap<>(Packaging.class);

    private record Measured(Start start, double residentLater) {}

    private enum Packaging {
        FAST_JAR("fast-jar"),
        FAST_JAR_CACHED("fast-jar, AOT cache"),
        IMAGE("aot-jar, AOT cache");

        private final String title;

        Packaging(String title) {
            this.title = title;
        }

        Program program(String name) {
            var image = Program.ofImage(IMAGES, name);
            var program =
                    this == IMAGE ? image : new Program(name, FAST.resolve(name).toAbsolutePath(), image.java());
            var limited = program.with("-XX:MaxRAM=" + LIMITS.get(name) + "m");
            return this == FAST_JAR ? limited : limited.with("-XX:AOTCache=" + Rehearsal.CACHE);
        }
    }

    /** Prints one table. */
    public static void run() {
        Program.SERVICES.forEach(StartBench::copy);
        copy(Program.STANDALONE);
        System.out.println("Rehearsing the fast-jars …");
        var rehearsal = new Rehearsal(FAST.resolve("logs"));
        rehearsal.run(Program.SERVICES.stream().map(Packaging.FAST_JAR::program).toList());
        rehearsal.run(List.of(Packaging.FAST_JAR.program(Program.STANDALONE)));
        var bench = new StartBench();
        for (var round = 1; round <= ROUNDS; round++) {
            System.out.println("Round " + round + " of " + ROUNDS + " …");
            for (var packaging : Packaging.values()) {
                bench.measure(packaging, Program.SERVICES);
                bench.measure(packaging, List.of(Program.STANDALONE));
            }
        }
        bench.print();
    }

    /** One after the other; those before it are idle meanwhile. */
    private void measure(Packaging packaging, List<String> names) {
        try (var around = new Surroundings(FAST.resolve("logs"))) {
            Map<Running, Start> running = new LinkedHashMap<>();
            try {
                var first = packaging.program(names.getFirst());
                for (var name : names) {
                    var started = packaging.program(name).start(around);
                    running.put(started, started.awaitReady());
                }
                Errand.run(running.keySet().iterator().next().url(), around.key(first.standalone()));
                var later = running.keySet().stream()
                        .mapToDouble(Running::residentMib)
                        .toArray();
                var at = 0;
                for (var start : running.values()) {
                    rounds(packaging, names.get(at)).add(new Measured(start, later[at]));
                    at++;
                }
            } finally {
                running.keySet().forEach(Running::askToEnd);
                running.keySet().forEach(Running::close);
            }
        }
    }

    private void print() {
        System.out.printf(
                "%n%-10s | %-19s | %23s | %5s | %9s | %10s%n",
                "", "", "ready s: median (range)", "CPU s", "MiB ready", "MiB loaded");
        for (var name : names()) {
            for (var packaging : Packaging.values()) {
                print(name, packaging.title, rounds(packaging, name));
            }
        }
    }

    private static void print(String name, String packaging, List<Measured> rounds) {
        System.out.printf(
                Locale.ROOT,
                "%-10s | %-19s | %6.2f (%5.2f to %5.2f) | %5.2f | %9.0f | %10.0f%n",
                name,
                packaging,
                quantile(rounds, 0.5, each -> each.start.seconds()),
                quantile(rounds, 0, each -> each.start.seconds()),
                quantile(rounds, 1, each -> each.start.seconds()),
                quantile(rounds, 0.5, each -> each.start.cpuSeconds()),
                quantile(rounds, 0.5, each -> each.start.residentMib()),
                quantile(rounds, 0.5, Measured::residentLater));
    }

    private List<Measured> rounds(Packaging packaging, String name) {
        return seen.computeIfAbsent(packaging, _ -> new TreeMap<>()).computeIfAbsent(name, _ -> new ArrayList<>());
    }

    private static List<String> names() {
        List<String> names = new ArrayList<>(Program.SERVICES);
        names.add(Program.STANDALONE);
        return names;
    }

    private static double quantile(List<Measured> rounds, double share, ToDoubleFunction<Measured> figure) {
        var sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
        return sorted[(int) Math.round(share * (sorted.length - 1))];
    }

    /** The fast-jar as it was built, in a directory where its cache harms nobody. */
    private static void copy(String name) {
        var module = name.equals("gateway") ? "api-gateway" : name;
        var from = Path.of(module, "target", "quarkus-app");
        var to = FAST.resolve(name);
        try (var files = Files.walk(from)) {
            for (var file : files.toList()) {
                var target = to.resolve(from.relativize(file));
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target, REPLACE_EXISTING);
                }
            }
            Files.copy(Path.of("deploy", "images", "jvm.options"), to.resolve("jvm.options"), REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
