package io.infraai.simulators.prometheus;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import org.jspecify.annotations.Nullable;

import io.infraai.simulators.kubernetes.SimulatedCluster;

/**
 * A Prometheus on loopback. It serves what a {@link SimulatedCluster} looks like now, and values that are set; there is
 * no history: a range is as flat as the present. Thread-safe.
 */
public final class SimulatedPrometheus implements AutoCloseable {

    private final Vertx vertx;
    private final HttpServer server;
    private final @Nullable ClusterMetrics metrics;
    private final List<Series> set = new ArrayList<>();

    private SimulatedPrometheus(int port, @Nullable SimulatedCluster cluster, InstantSource clock) {
        metrics = cluster == null ? null : new ClusterMetrics(cluster);
        vertx = Vertx.vertx(
                new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1).setInternalBlockingPoolSize(1));
        var api = new QueryApi(this, clock);
        server = vertx.createHttpServer(new HttpServerOptions()
                        .setHost("127.0.0.1")
                        .setPort(port)
                        .setHttp2ClearTextEnabled(false))
                .requestHandler(api::handle);
    }

    /** Serves only what is set. */
    public static SimulatedPrometheus start(int port) {
        return listening(new SimulatedPrometheus(port, null, InstantSource.system()));
    }

    /** @throws IllegalStateException when the port can't be had; 0 takes a free one */
    public static SimulatedPrometheus start(int port, SimulatedCluster cluster) {
        return listening(new SimulatedPrometheus(port, cluster, InstantSource.system()));
    }

    /** The base URL, without a trailing slash. */
    public String url() {
        return "http://127.0.0.1:" + port();
    }

    public int port() {
        return server.actualPort();
    }

    /** Adds a series or gives it another value. */
    public void set(String metric, Map<String, String> labels, double value) {
        var series = new Series(metric, labels, value);
        synchronized (set) {
            set.removeIf(series::sameAs);
            set.add(series);
        }
    }

    /** Forgets all series that were set. */
    public void clear() {
        synchronized (set) {
            set.clear();
        }
    }

    @Override
    public void close() {
        awaited(vertx.close());
    }

    List<Series> series() {
        var all = new ArrayList<Series>();
        synchronized (set) {
            all.addAll(set);
        }
        if (metrics != null) {
            for (var series : metrics.now()) {
                // what was set on purpose hides what follows from the cluster
                if (all.stream().noneMatch(series::sameAs)) {
                    all.add(series);
                }
            }
        }
        return all;
    }

    private static SimulatedPrometheus listening(SimulatedPrometheus prometheus) {
        var listening = awaited(prometheus.server.listen());
        if (listening.failed()) {
            prometheus.close();
            throw new IllegalStateException("Can't listen", listening.cause());
        }
        return prometheus;
    }

    /** Waits, as only starting and stopping may. */
    private static <T> AsyncResult<T> awaited(Future<T> future) {
        var done = new CountDownLatch(1);
        future.onComplete(_ -> done.countDown());
        try {
            return done.await(10, TimeUnit.SECONDS) ? future : Future.failedFuture("Not done after 10 seconds");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Future.failedFuture(interrupted);
        }
    }
}
