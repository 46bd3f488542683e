package io.infraai.benchmarks.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

import io.infraai.benchmarks.chaos.Alert.Action;
import io.infraai.benchmarks.loop.Rig;
import io.infraai.benchmarks.loop.ServerProcess;
import io.infraai.simulators.kubernetes.ClusterConfig;
import io.infraai.simulators.kubernetes.SimulatedCluster;

/** Gateways, healing services and workers, each a supervised process, with servers and a cluster of their own. */
final class Site implements AutoCloseable {

    static final List<String> GATEWAYS = List.of("gateway-1", "gateway-2");
    static final List<String> HEALERS = List.of("healing-1", "healing-2");
    static final List<String> WORKERS = List.of("worker-1", "worker-2", "worker-3");

    /** A sixth of that of production, so that a run sees many of them end. */
    static final Duration LEASE = Duration.ofSeconds(5);

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    /** For an answer that can be asked for again. */
    static final Duration BRIEFLY = Duration.ofSeconds(5);

    /** For an answer while nothing is struck. */
    static final Duration CALMLY = Duration.ofMinutes(1);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    /** Seven services and the rig share the hundred connections that the server has. */
    private static final String CONNECTIONS = "8";

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final Rig rig;
    private final SimulatedCluster cluster;
    private final Map<String, Supervised> services = new ConcurrentHashMap<>();
    private final List<Integer> ports = List.of(ServerProcess.freePort(), ServerProcess.freePort());

    /**
     * Returns once all are ready and the policies are known.
     *
     * @param root where the modules are
     * @param calls for how many the cluster's log has room
     */
    Site(Path root, int calls) {
        rig = new Rig(root);
        cluster = SimulatedCluster.start(
                ClusterConfig.defaults().withoutWorkloads().withCallLogSize(calls));
        // whoever interrupts it wants no services left behind
        Runtime.getRuntime().addShutdownHook(new Thread(() -> services.values().forEach(Supervised::close)));
        try {
            // the first one migrates
            start(GATEWAYS.getFirst());
            awaitReady();
            Stream.of(GATEWAYS.subList(1, GATEWAYS.size()), HEALERS, WORKERS)
                    .flatMap(List::stream)
                    .forEach(this::start);
            awaitReady();
            rig.awaitTool(Action.SCALE_DEPLOYMENT.tool());
            for (var action : Action.values()) {
                save(action.policy());
            }
            // until each healing service has heard of them
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(3));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void start(String name) {
        var log = rig.log("chaos-" + name);
        try {
            Files.deleteIfExists(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var management = ServerProcess.freePort();
        // short lives: what is compiled best pays off too late
        List<String> arguments = new ArrayList<>(List.of("-XX:TieredStopAtLevel=1", "-Xmx256m"));
        arguments.addAll(rig.arguments(module(name), management, properties(name)));
        services.put(name, new Supervised(() -> ServerProcess.begin(management, arguments, log)));
    }

    private static String module(String name) {
        return GATEWAYS.contains(name) ? "api-gateway" : HEALERS.contains(name) ? "healing" : "worker";
    }

    private Map<String, String> properties(String name) {
        Map<String, String> properties = new LinkedHashMap<>(Map.of(
                "quarkus.datasource.reactive.max-size",
                CONNECTIONS,
                "quarkus.http.host",
                "127.0.0.1",
                "quarkus.http.port",
                Integer.toString(
                        GATEWAYS.contains(name) ? ports.get(GATEWAYS.indexOf(name)) : ServerProcess.freePort())));
        properties.putAll(
                switch (module(name)) {
                    case "api-gateway" -> rig.gateway();
                    case "healing" -> Map.of("infraai.policies.default-mode", "auto");
                    default ->
                        Map.of(
                                "infraai.worker.name", name,
                                "infraai.worker.lease", LEASE.toString(),
                                "infraai.worker.heartbeat", LEASE.dividedBy(4).toString(),
                                "infraai.worker.ring-again", "1s",
                                "infraai.kubernetes.url", cluster.url());
                });
        return properties;
    }

    private void save(String policy) {
        try {
            var answer = post(0, "/api/policies", policy, CALMLY);
            if (answer.statusCode() != 201) {
                throw new IllegalStateException("A policy wasn't saved: " + answer.body());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Rig rig() {
        return rig;
    }

    SimulatedCluster cluster() {
        return cluster;
    }

    Supervised service(String name) {
        return Objects.requireNonNull(services.get(name), name);
    }

    /**
     * @param gateway any number, which they share in turns
     */
    HttpResponse<String> post(int gateway, String path, String body, Duration limit) throws IOException {
        return send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + ports.get(gateway % ports.size()) + path))
                        .header("Content-Type", "application/json")
                        .header("X-API-KEY", Files.readString(rig.adminKey()).strip())
                        .POST(BodyPublishers.ofString(body)),
                limit);
    }

    /** Of every service that was started. */
    void awaitReady() {
        services.forEach((name, service) -> {
            if (!within(PATIENCE, () -> isReady(service))) {
                throw new IllegalStateException(name + " isn't ready after " + PATIENCE.toMinutes() + " minutes; see "
                        + rig.log("chaos-" + name));
            }
        });
    }

    private boolean isReady(Supervised service) {
        try {
            var health = URI.create("http://127.0.0.1:" + service.port() + "/q/health/ready");
            return send(HttpRequest.newBuilder(health), BRIEFLY).statusCode() == 200;
        } catch (IOException _) {
            return false;
        }
    }

    private HttpResponse<String> send(HttpRequest.Builder request, Duration limit) throws IOException {
        try {
            return http.send(request.timeout(limit).build(), BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** Whether it came true before that time was over. */
    static boolean within(Duration time, BooleanSupplier comesTrue) {
        for (long until = System.nanoTime() + time.toNanos(); System.nanoTime() < until; ) {
            if (comesTrue.getAsBoolean()) {
                return true;
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
        return false;
    }

    @Override
    public void close() {
        services.values().forEach(Supervised::close);
        http.close();
        cluster.close();
        rig.close();
    }
}
