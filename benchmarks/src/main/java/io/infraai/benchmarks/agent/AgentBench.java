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
                        + " | commits a step   (" + TURNS + " turns of each, the database's CPU time not counted)");
        for (int round = 0; round < ROUNDS; round++) {
            var start = infraai.cpuSeconds();
            var none = turns(TURNS, 0);
            var between = infraai.cpuSeconds();
            var before = rig.commits();
            var many = turns(TURNS, CALLS);
            var end = infraai.cpuSeconds();
            var steps = (double) TURNS * CALLS;
            System.out.printf(
                    Locale.ROOT,
                    "%15.1f | %16.1f | %10.1f | %14.2f | %14.2f | %14.1f%n",
                    at(none, 50),
                    at(many, 50),
                    at(many, 100),
                    (at(many, 50) - at(none, 50)) / CALLS,
                    (end - between - (between - start)) * 1_000 / steps,
                    (rig.commits() - before) / steps);
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
