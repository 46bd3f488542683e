package io.infraai.benchmarks.agent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToDoubleFunction;

import io.infraai.benchmarks.loop.Rig;
import io.infraai.benchmarks.loop.ServerProcess;

/** What the agent adds to its model and its tools: time for a step, time for a word, memory for a session. */
public final class AgentBench {

    private static final int WARM_UPS = 40;
    private static final int TURNS = 20;
    private static final int CALLS = 20;
    private static final int ROUNDS = 3;
    private static final int SESSIONS = 500;

    /** Ten seconds of words, the first half of which is measured. */
    private static final int TOKENS = 10 * StubModel.TOKENS_A_SECOND;

    private final Rig rig;
    private final ServerProcess infraai;
    private int asked;

    private AgentBench(Rig rig, ServerProcess infraai) {
        this.rig = rig;
        this.infraai = infraai;
    }

    /** Prints two tables. */
    public static void run() {
        try (var rig = new Rig();
                var model = new StubModel(rig.vertx());
                var infraai = rig.infraai(
                        "-Dinfraai.models.order=stub",
                        "-Dinfraai.models.stub.provider=openai",
                        "-Dinfraai.models.stub.model=stub",
                        "-Dinfraai.models.stub.key=none",
                        "-Dinfraai.models.stub.base-url=" + model.url(),
                        "-Dinfraai.models.stub.concurrency=" + 2 * SESSIONS,
                        "-Dinfraai.agent.steps=" + 2 * CALLS,
                        "-Dinfraai.agent.tool-calls=" + 2 * CALLS,
                        "-Dinfraai.agent.tokens-a-day=1000000000",
                        "-Dinfraai.chat.turns-per-minute=1000000",
                        "-Dinfraai.chat.streams-per-user=" + 2 * SESSIONS)) {
            var bench = new AgentBench(rig, infraai);
            rig.awaitTool("list_episodes");
            System.out.println("Warming up …");
            bench.turns(WARM_UPS, CALLS);
            bench.steps();
            bench.words();
        }
    }

    /** A turn of many calls less a turn of none, by the number of calls. */
    private void steps() {
        System.out.println(
                "no call, p50 ms | " + CALLS + " calls, p50 ms | slowest ms | a step, p50 ms | a step, CPU ms"
                        + " | transactions a step | of them writing | log, bytes a step   (" + TURNS
                        + " turns of each, the database's CPU time not counted)");
        for (int round = 0; round < ROUNDS; round++) {
            var start = Seen.of(rig, infraai);
            var none = turns(TURNS, 0);
            var between = Seen.of(rig, infraai);
            var many = turns(TURNS, CALLS);
            var ended = Seen.of(rig, infraai);
            // as long again as the turns with calls took longer: what InfraAI does of its own accord doesn't count
            LockSupport.parkNanos(ended.nanos() - between.nanos() - (between.nanos() - start.nanos()));
            var idle = Seen.of(rig, infraai);
            System.out.printf(
                    Locale.ROOT,
                    "%15.1f | %16.1f | %10.1f | %14.2f | %14.2f | %19.2f | %15.2f | %17.0f%n",
                    at(none, 50),
                    at(many, 50),
                    at(many, 100),
                    (at(many, 50) - at(none, 50)) / CALLS,
                    1_000 * aStep(Seen::cpuSeconds, start, between, ended, idle),
                    aStep(Seen::transactions, start, between, ended, idle),
                    aStep(Seen::writes, start, between, ended, idle),
                    aStep(Seen::logBytes, start, between, ended, idle));
        }
    }

    /** What the turns of many calls took, less what as many without one and the time itself took. */
    private static double aStep(ToDoubleFunction<Seen> figure, Seen start, Seen between, Seen ended, Seen idle) {
        var none = figure.applyAsDouble(between) - figure.applyAsDouble(start);
        var many = figure.applyAsDouble(ended) - figure.applyAsDouble(between);
        var nothing = figure.applyAsDouble(idle) - figure.applyAsDouble(ended);
        return (many - none - nothing) / (TURNS * CALLS);
    }

    /** What InfraAI and its database have used up so far. */
    private record Seen(long nanos, double cpuSeconds, double transactions, double writes, double logBytes) {

        static Seen of(Rig rig, ServerProcess infraai) {
            return new Seen(System.nanoTime(), infraai.cpuSeconds(), rig.commits(), rig.writes(), rig.logBytes());
        }
    }

    private void words() {
        stream(SESSIONS / 5, TOKENS / 4);
        System.out.println(
                "sessions | words | of them told | p50 ms | p99 ms | not done | CPU s/s | live heap KiB/session"
                        + " | RSS KiB/session");
        for (int round = 0; round < ROUNDS; round++) {
            System.out.println(stream(SESSIONS, TOKENS));
        }
    }

    private String stream(int sessions, int tokens) {
        var heap = Memory.live(infraai.pid());
        var resident = Memory.resident(infraai.pid());
        var cpu = infraai.cpuSeconds();
        var start = System.nanoTime();
        try (var reader = new Reader(rig.vertx(), infraai.port(), rig.key(), sessions)) {
            for (int i = 0; i < sessions; i++) {
                reader.ask("w" + asked++, "Write tokens=" + tokens);
                // they come within a second, not at one moment
                LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1) / sessions);
            }
            // what comes after a look at the heap, which stops the process, counts no more
            reader.awaitWords(sessions * tokens / 2);
            var delays = Arrays.stream(reader.delays())
                    .mapToDouble(micros -> micros / 1_000.0)
                    .toArray();
            var begun = reader.begun();
            var used = (infraai.cpuSeconds() - cpu) / ((System.nanoTime() - start) / 1e9);
            var moreResident = Memory.resident(infraai.pid()) - resident;
            var moreHeap = Memory.live(infraai.pid()) - heap;
            reader.awaitEnd(120);
            var told = reader.delays().length;
            return String.format(
                    Locale.ROOT,
                    "%8d | %5d | %12d | %6.1f | %6.1f | %8d | %7.2f | %21.1f | %15.1f",
                    begun,
                    sessions * tokens,
                    told,
                    at(delays, 50),
                    at(delays, 99),
                    sessions - reader.done(),
                    used,
                    (double) moreHeap / sessions,
                    (double) moreResident / sessions);
        }
    }

    /** Milliseconds from question to answer, in order of length. */
    private double[] turns(int turns, int calls) {
        var took = new double[turns];
        try (var http = HttpClient.newHttpClient()) {
            for (int i = 0; i < turns; i++) {
                var body =
                        "{\"session_id\":\"s" + asked++ + "\",\"message\":\"Which alerts fired? calls=" + calls + "\"}";
                var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + infraai.port() + "/api/chat"))
                        .header("Content-Type", "application/json")
                        .header("X-API-KEY", rig.key())
                        .POST(BodyPublishers.ofString(body))
                        .build();
                var start = System.nanoTime();
                var answer = http.send(request, BodyHandlers.ofString());
                took[i] = (System.nanoTime() - start) / 1e6;
                check(answer.statusCode(), answer.body(), calls);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        Arrays.sort(took);
        return took;
    }

    private static void check(int status, String body, int calls) {
        var done = body.split("\"status\":\"done\"", -1).length - 1;
        if (status != 200 || done != calls) {
            throw new IllegalStateException("Of " + calls + " calls " + done + " were made: " + body);
        }
    }

    private static double at(double[] sorted, int percent) {
        return sorted.length == 0 ? Double.NaN : sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
    }
}
