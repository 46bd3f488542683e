package io.infraai.benchmarks.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.sqlclient.Row;

import io.infraai.benchmarks.chaos.Evidence.Entry;
import io.infraai.benchmarks.chaos.Evidence.Fate;
import io.infraai.benchmarks.chaos.Evidence.Made;
import io.infraai.benchmarks.chaos.Evidence.Sent;
import io.infraai.benchmarks.chaos.Evidence.Task;

/** Kills what there is to kill while alerts come in, waits until all is quiet, and judges. */
public final class Chaos {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** Of an alert, retries and all; the log begins to forget beyond them. */
    private static final int CALLS = 50;

    private static final int SHOWN = 20;

    private static final String QUIET = """
            SELECT NOT EXISTS (SELECT 1 FROM undecided) AND NOT EXISTS (SELECT 1 FROM task WHERE done_at IS NULL)""";

    private static final String FATES = """
            SELECT e.payload -> 'labels' ->> 'chaos', e.id::text, u.episode_id IS NOT NULL, coalesce(d.outcome || ': ' || d.reason, ''),
                   t.uid::text, t.state, coalesce(t.reason, ''), t.attempt, t.crashes
            FROM episode e
            LEFT JOIN undecided u ON u.tenant_id = e.tenant_id AND u.episode_id = e.id
            LEFT JOIN decision d ON d.tenant_id = e.tenant_id AND d.episode_id = e.id
            LEFT JOIN task t ON t.tenant_id = d.tenant_id AND t.id = d.task_id""";

    private static final String ENTRIES = """
            SELECT t.uid::text, a.detail ->> 'state' FROM audit_entry a
            JOIN task t ON t.tenant_id = a.tenant_id AND t.id = a.task_id WHERE a.action = 'effect'""";

    private final ObjectMapper json = new ObjectMapper();
    private final Options options;
    private final Site site;
    private final Map<Alert, String> targets = new LinkedHashMap<>();

    private Chaos(Options options, Site site) {
        this.options = options;
        this.site = site;
    }

    public static void main(String[] arguments) {
        try {
            var options = Options.parse(
                    List.of(arguments), ThreadLocalRandom.current().nextLong(1_000_000));
            var verdict = Checker.verdict(run(Path.of(""), options));
            verdict.findings().limit(SHOWN).forEach(System.out::println);
            System.out.println(verdict.line());
            System.exit(verdict.holds() ? 0 : 1);
        } catch (IllegalArgumentException e) {
            System.err.println("infraai: " + e.getMessage());
            System.exit(2);
        }
    }

    /**
     * @param root where the modules are
     */
    static Evidence run(Path root, Options options) {
        System.out.printf(
                Locale.ROOT,
                "%,d alerts, %d faults, seed %d: --seed %d plans the same faults again%n",
                options.alerts(),
                options.faults(),
                options.seed(),
                options.seed());
        System.out.printf(
                Locale.ROOT,
                "Starting PostgreSQL, Redis, a simulated cluster and, as processes, %d gateways, %d healing services and %d workers …%n",
                Site.GATEWAYS.size(),
                Site.HEALERS.size(),
                Site.WORKERS.size());
        try (var site = new Site(root, options.alerts() * CALLS)) {
            return new Chaos(options, site).evidence();
        }
    }

    private Evidence evidence() {
        var webhooks = Webhook.draw(options);
        webhooks.stream()
                .flatMap(webhook -> webhook.alerts().stream())
                .forEach(alert -> targets.computeIfAbsent(alert, it -> it.targetIn(site.cluster())));
        try (var sender = new Sender(site, targets)) {
            System.out.println("seconds | alerts sent | fault");
            try (var nemesis = new Nemesis(site)) {
                sender.send(webhooks, Plan.draw(options), nemesis);
            }
            System.out.println("All is sent and has struck; waiting until nothing is left to do …");
            var start = System.nanoTime();
            sender.awaitTaken(PATIENCE);
            site.awaitReady();
            Site.within(PATIENCE, this::isQuiet);
            System.out.printf(Locale.ROOT, "Quiet after %.1f s%n%n", (System.nanoTime() - start) / 1e9);
            var evidence = gathered(sender);
            Report.lines(evidence, webhooks, sender).forEach(System.out::println);
            return evidence;
        }
    }

    private boolean isQuiet() {
        return site.rig().query(QUIET).getFirst().getBoolean(0)
                && verified().path("unsealed").asLong(1) == 0;
    }

    private Evidence gathered(Sender sender) {
        var verified = verified();
        return new Evidence(
                targets.entrySet().stream()
                        .map(each -> new Sent(
                                each.getKey().id(),
                                each.getValue(),
                                sender.isTaken(each.getKey()),
                                sender.isResolved(each.getKey())))
                        .toList(),
                site.rig().query(FATES).stream().map(Chaos::fate).toList(),
                site.cluster().calls().effects().stream()
                        .flatMap(call -> call.effects().stream()
                                .map(effect -> new Made(
                                        Optional.ofNullable(call.task()).orElse(""), effect.name())))
                        .toList(),
                site.rig().query(ENTRIES).stream()
                        .map(row -> new Entry(row.getString(0), row.getString(1)))
                        .toList(),
                verified.path("valid").asBoolean() && verified.path("unsealed").asLong(1) == 0,
                sender.refusals());
    }

    private static Fate fate(Row row) {
        var task = Optional.ofNullable(row.getString(4))
                .map(uid -> new Task(uid, row.getString(5), row.getString(6), row.getInteger(7), row.getInteger(8)));
        return new Fate(row.getString(0), row.getString(1), row.getBoolean(2), row.getString(3), task);
    }

    /** The audit log's chain from its beginning to its end, or to where it breaks. */
    private JsonNode verified() {
        var body = json.createObjectNode();
        while (true) {
            try {
                var answer = json.readTree(site.post(0, "/api/audit/verify", body.toString(), Site.CALMLY)
                        .body());
                if (!answer.path("valid").asBoolean() || answer.path("complete").asBoolean()) {
                    return answer;
                }
                body.set("after", answer.path("head"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
