package io.infraai.benchmarks.loop;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

import io.vertx.core.buffer.Buffer;

/** Webhook bodies as Alertmanager sends them, each alert new and on a target of its own. */
final class Bodies {

    /** What every alert's {@code target} label begins with; a number of its own follows. */
    private final String run;

    private final AtomicLong next = new AtomicLong();

    Bodies(String run) {
        this.run = run;
    }

    String run() {
        return run;
    }

    long made() {
        return next.get();
    }

    Buffer body(int alerts) {
        var first = next.getAndAdd(alerts);
        var now = Instant.now();
        return Buffer.buffer(LongStream.range(first, first + alerts)
                .mapToObj(number -> alert(number, now))
                .collect(Collectors.joining(",", """
                        {"version":"4","groupKey":"{}:{alertname=\\"BenchmarkLoop\\"}","truncatedAlerts":0,"status":"firing",\
                        "receiver":"infraai","externalURL":"http://alertmanager.example.com","alerts":[""", "]}")));
    }

    /** About 850 bytes, 11 labels and 3 annotations. */
    private String alert(long number, Instant now) {
        return """
                {"status":"firing","labels":{"alertname":"BenchmarkLoop","target":"%1$s-%2$d","namespace":"shop",\
                "pod":"web-%2$d","container":"web","cluster":"eu-1","severity":"critical","team":"core","job":"kube-state-metrics",\
                "instance":"10.0.%3$d.%4$d:8080","service":"web"},"annotations":{"summary":"Pod web-%2$d restarts over and over",\
                "description":"Pod shop/web-%2$d (web) is restarting 3.27 times every 10 minutes and did so for the last fifteen minutes.",\
                "runbook_url":"https://runbooks.example.com/runbooks/kubernetes/kubepodcrashlooping"},"startsAt":"%5$s",\
                "endsAt":"0001-01-01T00:00:00Z","generatorURL":"http://prometheus.example.com/graph?g0.expr=rate&g0.tab=1",\
                "fingerprint":"%6$016x"}""".formatted(run, number, number / 250 % 250, number % 250, now, number);
    }
}
