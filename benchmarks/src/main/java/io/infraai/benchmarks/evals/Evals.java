package io.infraai.benchmarks.evals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import io.infraai.benchmarks.loop.ServerProcess;

/** Examines InfraAI with the model of one's choice: starts it with platforms of its own, runs scenarios, and tells the scores. */
public final class Evals implements AutoCloseable {

    /** Keys of models, which are handed on; so is the environment. */
    private static final String MODELS = "infraai.models.";

    private final Path home;
    private final World world;
    private final ServerProcess process;
    private final Subject infraai;

    private Evals(Path application, Map<String, String> models) {
        try {
            home = Files.createTempDirectory("infraai-evals-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        world = new World(home);
        var port = ServerProcess.freePort();
        process = ServerProcess.start(port, arguments(application, port, models), home.resolve("infraai.log"));
        // whoever interrupts it wants no servers left behind
        Runtime.getRuntime().addShutdownHook(new Thread(process::close));
        var key = home.resolve("data").resolve("admin.key");
        await(() -> Files.exists(key), home);
        infraai = new Subject("http://127.0.0.1:" + port, read(key));
        await(infraai::isReady, home);
    }

    public static void main(String[] arguments) {
        try {
            var options = Options.parse(List.of(arguments));
            var scenarios = Scenarios.in(options.cases()).stream()
                    .filter(scenario -> scenario.id().contains(options.only()))
                    .toList();
            System.out.println("Starting InfraAI with the model " + options.model() + " …");
            var models = handedOn();
            models.put(MODELS + "order", options.model());
            try (var evals = new Evals(
                    Path.of(System.getProperty("infraai.application", "standalone/target/quarkus-app/quarkus-run.jar")),
                    models)) {
                System.out.println(Report.heading());
                var outcomes = evals.run(scenarios, outcome -> System.out.println(Report.line(outcome)));
                if (scenarios.stream().anyMatch(Scenario::scored)) {
                    System.out.println();
                    Report.summary(outcomes).forEach(System.out::println);
                }
                options.json().ifPresent(file -> write(file, options.model(), outcomes));
            }
        } catch (IllegalArgumentException | IllegalStateException e) {
            System.err.println("infraai: " + e.getMessage());
            // the simulators' threads would keep the process
            System.exit(2);
        }
    }

    /**
     * @param application the runnable jar
     * @param models keys of {@code infraai.models}
     */
    static Evals start(Path application, Map<String, String> models) {
        return new Evals(application, models);
    }

    /** @param heard of each, once it is over */
    List<Outcome> run(List<Scenario> scenarios, Consumer<Outcome> heard) {
        var examiner = new Examiner(world, infraai, "evals");
        var outcomes = new ArrayList<Outcome>();
        for (var scenario : scenarios) {
            var outcome = examiner.examine(scenario);
            heard.accept(outcome);
            outcomes.add(outcome);
        }
        return outcomes;
    }

    private static Map<String, String> handedOn() {
        var models = new TreeMap<String, String>();
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith(MODELS))
                .forEach(name -> models.put(name, System.getProperty(name)));
        return models;
    }

    private List<String> arguments(Path application, int port, Map<String, String> models) {
        var properties = new TreeMap<>(world.asProperties());
        properties.putAll(models);
        properties.putAll(Map.of(
                "infraai.home", home.resolve("data").toString(),
                "infraai.four-eyes", "false",
                "infraai.chat.turns-per-minute", "100000",
                // an examination asks more in an hour than a user does in a day
                "infraai.worker.approvals-per-hour", "100000",
                "infraai.agent.tokens-a-day", "1000000000",
                "infraai.agent.cost-a-day", "100000",
                "quarkus.log.level", "WARN"));
        var arguments = new ArrayList<String>();
        properties.forEach((name, value) -> arguments.add("-D" + name + "=" + value));
        // live: the platforms are there already
        arguments.addAll(List.of("-jar", application.toString(), "--live", "--port", Integer.toString(port)));
        return arguments;
    }

    private static String read(Path key) {
        try {
            return Files.readString(key).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void await(BooleanSupplier holds, Path home) {
        for (long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60); System.nanoTime() < until; ) {
            if (holds.getAsBoolean()) {
                return;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
        throw new IllegalStateException("InfraAI isn't ready after a minute; see " + home.resolve("infraai.log"));
    }

    private static void write(Path file, String model, List<Outcome> outcomes) {
        try {
            Files.writeString(file, Report.json(model, outcomes).toPrettyString() + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        infraai.close();
        process.close();
        world.close();
        try (var files = Files.walk(home)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
