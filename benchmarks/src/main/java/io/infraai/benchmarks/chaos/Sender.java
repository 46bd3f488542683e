package io.infraai.benchmarks.chaos;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

import io.infraai.benchmarks.chaos.Webhook.Says;

/** Posts webhooks as Alertmanager does: the same one again, at this gateway and the other, until it is answered with 200. */
final class Sender implements AutoCloseable {

    private static final int IN_FLIGHT = 64;
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(200);

    /** So long a fault's share of the alerts takes, and so short a gap there is between two of them at least. */
    private static final Duration FOR_A_FAULT = Duration.ofMillis(2_500);

    private static final int FEWEST_SHARES = 4;
    private static final Duration SHORTEST_GAP = Duration.ofMillis(5);
    private static final Duration LONGEST_GAP = Duration.ofSeconds(5);

    private final Site site;
    private final Map<Alert, String> targets;
    private final Instant began = Instant.now();
    private final Map<Alert, CompletableFuture<Void>> taken;
    private final Set<Alert> resolved = ConcurrentHashMap.newKeySet();
    private final Queue<String> refusals = new ConcurrentLinkedQueue<>();
    private final AtomicInteger posts = new AtomicInteger();
    private final AtomicInteger inVain = new AtomicInteger();
    private final Semaphore lanes = new Semaphore(IN_FLIGHT);
    private final ExecutorService posting = Executors.newVirtualThreadPerTaskExecutor();
    private volatile boolean over;

    /**
     * @param targets what each alert is about
     */
    Sender(Site site, Map<Alert, String> targets) {
        this.site = site;
        this.targets = targets;
        this.taken =
                targets.keySet().stream().collect(Collectors.toMap(alert -> alert, _ -> new CompletableFuture<>()));
    }

    /** Returns once all were sent at least once, and all faults struck or are about to. */
    void send(List<Webhook> webhooks, Plan plan, Nemesis nemesis) {
        var faults = new ArrayDeque<>(plan.faults());
        var gap = gap(faults.size());
        var sent = 0;
        var gateway = 0;
        for (var webhook : webhooks) {
            if (webhook.says() == Says.FIRING) {
                LockSupport.parkNanos(gap.multipliedBy(webhook.alerts().size()).toNanos());
                while (!faults.isEmpty() && faults.getFirst().after() <= sent) {
                    nemesis.strike(faults.removeFirst());
                }
                sent += webhook.alerts().size();
            }
            deliver(webhook, gateway++);
            if (webhook.twice()) {
                deliver(webhook, gateway++);
            }
        }
        faults.forEach(nemesis::strike);
    }

    private Duration gap(int faults) {
        var gap = FOR_A_FAULT.multipliedBy(Math.max(faults, FEWEST_SHARES)).dividedBy(targets.size());
        return gap.compareTo(SHORTEST_GAP) < 0 ? SHORTEST_GAP : gap.compareTo(LONGEST_GAP) > 0 ? LONGEST_GAP : gap;
    }

    private void deliver(Webhook webhook, int gateway) {
        lanes.acquireUninterruptibly();
        posting.execute(() -> {
            try {
                if (webhook.says() == Says.RESOLVED) {
                    // nobody tells the end of what nobody was told
                    webhook.alerts().forEach(alert -> taken(alert).join());
                    resolved.addAll(webhook.alerts());
                }
                tryUntilTaken(webhook, gateway);
            } finally {
                lanes.release();
            }
        });
    }

    private void tryUntilTaken(Webhook webhook, int first) {
        var body = body(webhook);
        for (var gateway = first; !over; gateway++) {
            if (isTaken(gateway, body)) {
                webhook.alerts().forEach(alert -> taken(alert).complete(null));
                return;
            }
            inVain.incrementAndGet();
            LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
        }
    }

    private boolean isTaken(int gateway, String body) {
        posts.incrementAndGet();
        try {
            var answer = site.post(gateway, "/api/alerts", body, Site.BRIEFLY);
            if (answer.statusCode() != 200 && answer.statusCode() < 500) {
                refusals.add(answer.statusCode() + " " + answer.body());
            }
            return answer.statusCode() == 200;
        } catch (IOException _) {
            return false;
        }
    }

    private CompletableFuture<Void> taken(Alert alert) {
        return Objects.requireNonNull(taken.get(alert));
    }

    private String body(Webhook webhook) {
        var status = webhook.says() == Says.RESOLVED ? "resolved" : "firing";
        var end = webhook.says() == Says.RESOLVED ? Instant.now().toString() : "0001-01-01T00:00:00Z";
        return webhook.alerts().stream()
                .map(alert -> """
                        {"status":"%s","labels":{"alertname":"%s","namespace":"%s","chaos":"%s","target":"%s"},
                         "startsAt":"%s","endsAt":"%s"}""".formatted(
                                status, alert.action(), Alert.NAMESPACE, alert.id(), targets.get(alert), began, end))
                .collect(Collectors.joining(
                        ",", "{\"version\":\"4\",\"status\":\"firing\",\"receiver\":\"infraai\",\"alerts\":[", "]}"));
    }

    /** Gives up what isn't taken until then. */
    void awaitTaken(Duration patience) {
        posting.shutdown();
        try {
            posting.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        over = true;
    }

    boolean isTaken(Alert alert) {
        return taken(alert).isDone();
    }

    boolean isResolved(Alert alert) {
        return resolved.contains(alert);
    }

    /** Answers that Alertmanager takes for final: the alerts would never come again. */
    List<String> refusals() {
        return List.copyOf(refusals);
    }

    int posts() {
        return posts.get();
    }

    /** Posts that weren't answered, or not with 200, and were made again. */
    int inVain() {
        return inVain.get();
    }

    @Override
    public void close() {
        over = true;
        posting.shutdownNow();
    }
}
