package io.infraai.standalone.redis;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.infraai.simulators.kubernetes.Call;
import io.infraai.simulators.kubernetes.Effect.What;
import io.infraai.standalone.services.Installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Alerts at a steady rate, each for a deployment of its own to be scaled; told from the cluster's own log of calls. */
final class AlertLoad implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(AlertLoad.class.getName());
    private static final String POLICY = "ScaleUnderLoad";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** An alert that was answered with 200. */
    private record Accepted(String target, Instant at) {}

    private final Installation installation;
    private final ScheduledExecutorService sender = Executors.newSingleThreadScheduledExecutor();
    private final Queue<Accepted> accepted = new ConcurrentLinkedQueue<>();
    private final AtomicInteger refused = new AtomicInteger();
    private final String run = Installation.unique("load");
    private int sent;

    private AlertLoad(Installation installation) {
        this.installation = installation;
    }

    static AlertLoad on(Installation installation, int alertsPerSecond) {
        installation.policy(
                POLICY,
                "{\"tool\":\"scale_deployment\",\"params\":{\"deployment_name\":\"${label.target}\",\"namespace\":\"shop\",\"replicas\":3}}");
        var load = new AlertLoad(installation);
        load.sender.scheduleAtFixedRate(load::send, 0, 1_000_000 / alertsPerSecond, TimeUnit.MICROSECONDS);
        return load;
    }

    private void send() {
        var target = run + "-" + sent++;
        installation.cluster().addDeployment("shop", target, 1);
        try {
            installation.fire(POLICY, target);
            accepted.add(new Accepted(target, Instant.now()));
        } catch (RuntimeException _) {
            refused.incrementAndGet();
        }
    }

    void awaitMore(int alerts) {
        var enough = accepted.size() + alerts;
        await().atMost(PATIENCE).until(() -> accepted.size() >= enough);
    }

    /** Ends it; all that was accepted is done once. */
    void assertNothingLost(int atLeast) throws InterruptedException {
        var outcome = finished();
        LOG.log(System.Logger.Level.INFO, outcome.toString());
        assertThat(outcome.accepted()).isGreaterThanOrEqualTo(atLeast);
        assertThat(outcome.lost()).isZero();
        assertThat(outcome.doubled()).isZero();
    }

    /** Ends it, and waits until all that was accepted is done. */
    private Outcome finished() throws InterruptedException {
        sender.shutdown();
        assertThat(sender.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        var targets = accepted.stream().map(Accepted::target).toList();
        var effects = await().atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .until(this::effects, all -> all.keySet().containsAll(targets));
        targets.forEach(target -> installation.task(target, "done"));
        return outcome(effects);
    }

    /** By the deployments that were scaled. */
    private Map<String, List<Call>> effects() {
        return installation.cluster().calls().effects(What.SCALED);
    }

    private static Instant endOf(Call call) {
        return Objects.requireNonNullElse(call.end(), Instant.MAX);
    }

    private Outcome outcome(Map<String, List<Call>> effects) {
        var delays = accepted.stream()
                .flatMap(each -> effects.getOrDefault(each.target(), List.of()).stream()
                        .limit(1)
                        .map(call -> Duration.between(each.at(), endOf(call))))
                .sorted()
                .toList();
        var doubled = effects.values().stream().filter(each -> each.size() > 1).count();
        return new Outcome(
                accepted.size(),
                refused.get(),
                accepted.size() - delays.size(),
                doubled,
                delays.get(delays.size() / 2),
                delays.getLast());
    }

    /**
     * @param median from the answer to the alert until its effect
     * @param longest the same, at worst
     */
    private record Outcome(int accepted, int refused, int lost, long doubled, Duration median, Duration longest) {}

    @Override
    public void close() {
        sender.shutdownNow();
    }
}
