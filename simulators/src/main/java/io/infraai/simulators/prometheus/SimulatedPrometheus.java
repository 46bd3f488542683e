package io.infraai.simulators.prometheus;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

import org.jspecify.annotations.Nullable;

import io.infraai.simulators.http.HttpCall;
import io.infraai.simulators.http.HttpFault;
import io.infraai.simulators.http.LoopbackServer;
import io.infraai.simulators.kubernetes.SimulatedCluster;

/**
 * A Prometheus on loopback. It serves what a {@link SimulatedCluster} looks like now, and values that are set; of the
 * past it knows only what was told to vary. Thread-safe.
 */
public final class SimulatedPrometheus implements AutoCloseable {

    private final LoopbackServer server;
    private final @Nullable ClusterMetrics metrics;
    private final List<Series> set = new ArrayList<>();
    private final List<Varying> varying = new ArrayList<>();
    private final List<ActiveAlert> alerts = new ArrayList<>();

    private SimulatedPrometheus(int port, @Nullable SimulatedCluster cluster, InstantSource clock) {
        metrics = cluster == null ? null : new ClusterMetrics(cluster);
        server = LoopbackServer.start(port, new QueryApi(this, clock)::answer);
    }

    /** Serves only what is set. */
    public static SimulatedPrometheus start(int port) {
        return new SimulatedPrometheus(port, null, InstantSource.system());
    }

    /** @throws IllegalStateException when the port can't be had; 0 takes a free one */
    public static SimulatedPrometheus start(int port, SimulatedCluster cluster) {
        return new SimulatedPrometheus(port, cluster, InstantSource.system());
    }

    /** The base URL, without a trailing slash. */
    public String url() {
        return server.url();
    }

    public int port() {
        return server.port();
    }

    /** Adds a series or gives it another value. */
    public void set(String metric, Map<String, String> labels, double value) {
        var series = new Series(metric, labels, value);
        synchronized (set) {
            set.removeIf(series::sameAs);
            set.add(series);
        }
    }

    /** Adds a series whose value follows from the time, in seconds since 1970: NaN where it has none. */
    public void vary(String metric, Map<String, String> labels, DoubleUnaryOperator valueAt) {
        synchronized (set) {
            varying.add(new Varying(metric, labels, valueAt));
        }
    }

    /**
     * Adds an alert of a rule.
     *
     * @param state {@code pending} or {@code firing}
     */
    public void alert(Map<String, String> labels, Map<String, String> annotations, String state) {
        synchronized (set) {
            alerts.add(new ActiveAlert(labels, annotations, state));
        }
    }

    /** Forgets all series and alerts that were set. */
    public void clear() {
        synchronized (set) {
            set.clear();
            varying.clear();
            alerts.clear();
        }
    }

    /** The next call is struck. */
    public void inject(HttpFault fault) {
        server.inject(fault);
    }

    public List<HttpCall> calls() {
        return server.calls();
    }

    @Override
    public void close() {
        server.close();
    }

    List<Series> series() {
        return timeline().at(0);
    }

    List<ActiveAlert> alerts() {
        synchronized (set) {
            return List.copyOf(alerts);
        }
    }

    /** All series as they are now, and those that vary at any time. */
    Timeline timeline() {
        synchronized (set) {
            var all = new ArrayList<>(set);
            if (metrics != null) {
                for (var series : metrics.now()) {
                    // what was set on purpose hides what follows from the cluster
                    if (all.stream().noneMatch(series::sameAs)) {
                        all.add(series);
                    }
                }
            }
            return new Timeline(all, List.copyOf(varying));
        }
    }

    /** An alert of a rule. */
    record ActiveAlert(Map<String, String> labels, Map<String, String> annotations, String state) {}

    /** A series whose value follows from the time. */
    record Varying(String metric, Map<String, String> labels, DoubleUnaryOperator valueAt) {}

    /** What there was to query at some time. */
    record Timeline(List<Series> steady, List<Varying> varying) {

        List<Series> at(double seconds) {
            var all = new ArrayList<>(steady);
            varying.forEach(series -> all.add(new Series(
                    series.metric(), series.labels(), series.valueAt().applyAsDouble(seconds))));
            return all;
        }
    }
}
