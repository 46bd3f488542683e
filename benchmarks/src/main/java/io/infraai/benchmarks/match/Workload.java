package io.infraai.benchmarks.match;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A made-up fleet: 400 alert names, 500 namespaces, 2,000 deployments, 40 clusters, 50 teams. Policies ask for one to three
 * labels, in nine combinations, half of them for the status as well; alerts carry eleven labels and three annotations.
 * The same seed gives the same fleet.
 */
final class Workload {

    private static final List<String> THINGS = List.of(
            "Kube",
            "Node",
            "Etcd",
            "Prometheus",
            "Alertmanager",
            "Postgres",
            "Redis",
            "Kafka",
            "Nginx",
            "Vm",
            "EsxHost",
            "Datastore",
            "Mysql",
            "Rabbitmq",
            "Elasticsearch",
            "Haproxy",
            "Coredns",
            "Ingress",
            "Blackbox",
            "Jvm");
    private static final List<String> TROUBLES = List.of(
            "PodCrashLooping",
            "TargetDown",
            "HighCpuUsage",
            "HighMemoryUsage",
            "FilesystemFull",
            "FilesystemFillingUp",
            "HighLatency",
            "ErrorBudgetBurn",
            "ReplicasMismatch",
            "NotReady",
            "OomKilled",
            "TooManyRestarts",
            "TooManyConnections",
            "ReplicationLag",
            "QueueBacklog",
            "CertificateExpiring",
            "BackupFailed",
            "Unreachable",
            "SlowQueries",
            "Throttling");
    private static final List<String> SEVERITIES = List.of("warning", "critical", "info");
    private static final List<String> AREAS =
            List.of("payments", "search", "ml", "web", "data", "infra", "auth", "iot", "crm", "edge");
    private static final List<String> REGIONS = List.of("eu", "us", "ap", "sa");

    private static final Zipf ALERTNAME = new Zipf(400, 0.8);
    private static final Zipf NAMESPACE = new Zipf(500, 0.8);
    private static final Zipf CLUSTER = new Zipf(40, 0.6);

    private final Random random;

    Workload(long seed) {
        this.random = new Random(seed);
    }

    /** No two ask for the same. */
    List<Rule> rules(int count) {
        var rules = new ArrayList<Rule>(count);
        var known = new HashSet<Map<String, String>>();
        while (rules.size() < count) {
            var labels = wanted();
            boolean firingOnly = random.nextBoolean();
            var whole = new LinkedHashMap<>(labels);
            whole.put("status", firingOnly ? "firing" : "");
            if (known.add(whole)) {
                rules.add(new Rule(rules.size(), random.nextInt(1000), labels, firingOnly));
            }
        }
        return rules;
    }

    private Map<String, String> wanted() {
        int namespace = NAMESPACE.draw(random);
        var name = "alertname=" + alertname(ALERTNAME.draw(random));
        var space = "namespace=" + namespace(namespace);
        var severity = "severity=" + one(SEVERITIES);
        int share = random.nextInt(100);
        if (share < 10) {
            return labels(name);
        } else if (share < 25) {
            return labels(name, severity);
        } else if (share < 50) {
            return labels(name, space);
        } else if (share < 65) {
            return labels(name, space, severity);
        } else if (share < 75) {
            return labels(name, "cluster=" + cluster(CLUSTER.draw(random)), space);
        } else if (share < 85) {
            return labels(name, "deployment=" + deployment(namespace, random.nextInt(4)));
        } else if (share < 90) {
            return labels(space, severity);
        } else if (share < 95) {
            return labels(name, "team=team-" + namespace % 50);
        }
        return labels("job=" + job(random.nextInt(30)), "instance=" + instance());
    }

    List<JsonAlert> alerts(int count) {
        return IntStream.range(0, count).mapToObj(_ -> alert()).toList();
    }

    private JsonAlert alert() {
        int name = ALERTNAME.draw(random);
        int namespace = NAMESPACE.draw(random);
        int number = random.nextInt(4);
        var deployment = deployment(namespace, number);
        var pod = deployment + "-" + Integer.toHexString(0x5f3a2b + namespace * 31 + number) + "-"
                + Integer.toString(1_000_000 + random.nextInt(25), 36);
        var labels = labels(
                "alertname=" + alertname(name),
                "cluster=" + cluster(CLUSTER.draw(random)),
                "container=app-" + random.nextInt(20),
                "deployment=" + deployment,
                "instance=" + instance(),
                "job=" + job(name % 30),
                "namespace=" + namespace(namespace),
                "pod=" + pod,
                "prometheus=monitoring/k8s",
                "severity=" + (random.nextInt(10) == 0 ? one(SEVERITIES) : SEVERITIES.get(name % 3)),
                "team=team-" + namespace % 50);
        var text = json(random.nextInt(5) == 0 ? "resolved" : "firing", labels);
        return new JsonAlert(text);
    }

    private String json(String status, Map<String, String> labels) {
        var shown = labels.entrySet().stream()
                .map(label -> "\"%s\":\"%s\"".formatted(label.getKey(), label.getValue()))
                .collect(Collectors.joining(","));
        return """
                {"status":"%s","labels":{%s},"annotations":{"description":"Pod %s/%s (%s) has been failing for 15 minutes; \
                observed value %d exceeds the threshold.","runbook_url":"https://runbooks.example.com/runbooks/%s",\
                "summary":"%s on %s"},"startsAt":"2026-11-22T10:%d:00.123Z","endsAt":"0001-01-01T00:00:00Z","generatorURL":\
                "http://prometheus-k8s-0:9090/graph?g0.expr=rate%%28container_cpu_usage_seconds_total%%7Bnamespace%%3D%%22\
                %s%%22%%7D%%5B5m%%5D%%29+%%3E+0.9&g0.tab=1","fingerprint":"%016x"}""".formatted(
                        status,
                        shown,
                        labels.get("namespace"),
                        labels.get("pod"),
                        labels.get("container"),
                        random.nextInt(1000),
                        labels.getOrDefault("alertname", "").toLowerCase(Locale.ROOT),
                        labels.get("alertname"),
                        labels.get("deployment"),
                        10 + random.nextInt(50),
                        labels.get("namespace"),
                        random.nextLong());
    }

    private static Map<String, String> labels(String... pairs) {
        var labels = new LinkedHashMap<String, String>();
        for (var pair : pairs) {
            int equals = pair.indexOf('=');
            labels.put(pair.substring(0, equals), pair.substring(equals + 1));
        }
        return labels;
    }

    private static String alertname(int index) {
        return THINGS.get(index % 20) + TROUBLES.get((index / 20 + index) % 20);
    }

    private static String namespace(int index) {
        return AREAS.get(index % 10) + "-" + index / 10;
    }

    private static String deployment(int namespace, int number) {
        return namespace(namespace) + "-svc-" + number;
    }

    private static String cluster(int index) {
        return "prod-" + REGIONS.get(index % 4) + "-" + index / 4;
    }

    private static String job(int index) {
        return "job-" + THINGS.get(index % 20).toLowerCase(Locale.ROOT) + "-" + index / 20;
    }

    private String instance() {
        return "10." + random.nextInt(4) + "." + random.nextInt(32) + "." + (1 + random.nextInt(40)) + ":9100";
    }

    private String one(List<String> choice) {
        return choice.get(random.nextInt(choice.size()));
    }
}
