package io.infraai.benchmarks.match;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.infraai.contracts.alert.Alert;
import io.infraai.contracts.alert.AlertStatus;

import static org.assertj.core.api.Assertions.assertThat;

class WorkloadTest {

    @Test
    void anAlertIsReadAsItIsWritten() {
        var json = """
                {"status":"resolved","labels":{"alertname":"NodeDown","instance":"a\\"b"},"annotations":{"summary":"ä"},
                 "startsAt":"2026-11-22T10:15:00.123Z","endsAt":"2026-11-22T12:15:00+02:00","extra":{"a":[1]},
                 "generatorURL":"http://p","fingerprint":"f"}""";

        assertThat(new AlertReader().read(json.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(new Alert(
                        AlertStatus.RESOLVED,
                        Map.of("alertname", "NodeDown", "instance", "a\"b"),
                        Map.of("summary", "ä"),
                        Instant.parse("2026-11-22T10:15:00.123Z"),
                        Instant.parse("2026-11-22T10:15:00Z"),
                        "http://p",
                        "f"));
    }

    @Test
    void aFiringAlertHasNoEnd() {
        var alert = new AlertReader().read(new Workload(7).alerts(1).getFirst().bytes());

        assertThat(alert.endsAt()).isNull();
        assertThat(alert.labels()).hasSize(11);
        assertThat(alert.annotations()).hasSize(3);
    }

    @Test
    void theSameSeedMakesTheSameRules() {
        assertThat(new Workload(42).rules(500))
                .isEqualTo(new Workload(42).rules(500))
                .doesNotHaveDuplicates();
    }

    @Test
    void allContendersFindTheSamePolicies() {
        var rules = new Workload(42).rules(2_000);
        var scan = new Scan(rules);
        var infraAi = new InfraAi();
        var eventRuler = new EventRuler();
        rules.forEach(rule -> {
            infraAi.adding(rule).run();
            eventRuler.adding(rule).run();
        });
        rules.subList(0, 500).forEach(rule -> {
            infraAi.deleting(rule).run();
            eventRuler.deleting(rule).run();
        });
        var left = new Scan(rules.subList(500, rules.size()));

        assertThat(new Workload(7).alerts(200)).allSatisfy(alert -> {
            assertThat(infraAi.ids(alert)).isEqualTo(left.ids(alert)).isEqualTo(eventRuler.ids(alert));
            assertThat(scan.ids(alert)).containsAll(left.ids(alert));
        });
    }
}
