package io.infraai.benchmarks.drain;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.infraai.benchmarks.loop.Rig;
import io.infraai.benchmarks.loop.ServerProcess;

/** A gateway, a healing service and as many workers as are wanted, each a process. */
final class Site implements AutoCloseable {

    private static final int ALERTS_A_POST = 100;
    private static final Pattern ENDED = Pattern.compile("(?m)^infraai_tasks_ended_total\\{.*\\} ([0-9.E]+)$");

    /** Six processes and the rig share the hundred connections that the server has. */
    private static final int CONNECTIONS = 10;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Rig rig;
    private final StubCluster cluster;
    private final int port = ServerProcess.freePort();
    private final ServerProcess gateway;
    private final ServerProcess healing;
    private final List<ServerProcess> workers = new ArrayList<>();

    Site(Rig rig, StubCluster cluster) {
        this.rig = rig;
        this.cluster = cluster;
        var properties = with(rig.gateway());
        properties.put("quarkus.http.port", Integer.toString(port));
        properties.put("quarkus.http.host", "127.0.0.1");
        gateway = ready(rig.service("api-gateway", "gateway", properties));
        healing = ready(rig.service(
                "healing",
                "healing",
                with(Map.of(
                        "quarkus.http.port",
                        Integer.toString(ServerProcess.freePort()),
                        "infraai.policies.default-mode",
                        "auto"))));
        workers(1);
        rig.awaitTool("scale_deployment");
        var saved = post("/api/policies", """
                {"name":"Drain","mode":"auto","condition":{"labels":{"alertname":"BenchmarkDrain"}},
                 "action":{"tool":"scale_deployment",
                           "params":{"deployment_name":"${label.target}","namespace":"shop","replicas":2}}}""");
        if (saved.statusCode() != 201) {
            throw new IllegalStateException(saved.body());
        }
    }

    private static Map<String, String> with(Map<String, String> own) {
        var properties = new LinkedHashMap<>(own);
        properties.put("quarkus.datasource.reactive.max-size", Integer.toString(CONNECTIONS));
        return properties;
    }

    /** Starts workers until there are so many. */
    void workers(int wanted) {
        while (workers.size() < wanted) {
            var name = "worker-" + (workers.size() + 1);
            workers.add(ready(rig.service(
                    "worker",
                    name,
                    with(Map.of(
                            "infraai.worker.name", name,
                            "infraai.kubernetes.url", cluster.url(),
                            "quarkus.http.port", Integer.toString(ServerProcess.freePort()))))));
        }
    }

    /** Alerts that make a task each, planned while the workers stand still. */
    void plan(String run, int tasks) {
        workers.forEach(ServerProcess::hold);
        for (int first = 0; first < tasks; first += ALERTS_A_POST) {
            var answer = post("/api/alerts", body(run, first, Math.min(tasks, first + ALERTS_A_POST)));
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(answer.statusCode() + " " + answer.body());
            }
        }
        await("All tasks are planned", () -> queued(run) == tasks);
    }

    void go() {
        workers.forEach(ServerProcess::goOn);
    }

    /** Returns when no task waits or runs. */
    void awaitDrained() {
        await(
                "The queue is empty",
                () -> rig.query("SELECT NOT EXISTS (SELECT 1 FROM task WHERE state IN ('queued', 'running'))")
                        .getFirst()
                        .getBoolean(0));
    }

    /** The tasks each worker has ended since its start. */
    List<Long> ended() {
        return workers.stream().map(this::ended).toList();
    }

    private long ended(ServerProcess worker) {
        var counter = ENDED.matcher(
                send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + worker.port() + "/q/metrics")))
                        .body());
        var sum = 0.0;
        while (counter.find()) {
            sum += Double.parseDouble(counter.group(1));
        }
        return Math.round(sum);
    }

    /** CPU seconds of all workers so far. */
    double cpuSeconds() {
        return workers.stream().mapToDouble(ServerProcess::cpuSeconds).sum();
    }

    private long queued(String run) {
        return rig.query("SELECT count(*) FROM task WHERE target_key LIKE $1", "%/" + run + "-%")
                .getFirst()
                .getLong(0);
    }

    private static String body(String run, int from, int to) {
        var now = Instant.now();
        return IntStream.range(from, to)
                .mapToObj(number -> """
                        {"status":"firing","labels":{"alertname":"BenchmarkDrain","namespace":"shop","target":"%s-%d"},
                         "startsAt":"%s","endsAt":"0001-01-01T00:00:00Z"}""".formatted(run, number, now))
                .collect(Collectors.joining(
                        ",", "{\"version\":\"4\",\"status\":\"firing\",\"receiver\":\"infraai\",\"alerts\":[", "]}"));
    }

    private ServerProcess ready(ServerProcess service) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.port() + "/q/health/ready"));
        await("A service is ready", () -> send(request).statusCode() == 200);
        return service;
    }

    private static void await(String what, BooleanSupplier reached) {
        for (long until = System.nanoTime() + TimeUnit.MINUTES.toNanos(10); System.nanoTime() < until; ) {
            if (reached.getAsBoolean()) {
                return;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
        throw new IllegalStateException("Not within ten minutes: " + what);
    }

    private HttpResponse<String> post(String path, String body) {
        try {
            return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                    .header("Content-Type", "application/json")
                    .header("X-API-KEY", Files.readString(rig.adminKey()).strip())
                    .POST(BodyPublishers.ofString(body)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        workers.reversed().forEach(ServerProcess::close);
        healing.close();
        gateway.close();
        http.close();
    }
}
