package io.infraai.gateway.alerts;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.infraai.contracts.alert.Alert;
import io.infraai.contracts.alert.AlertStatus;
import io.infraai.contracts.identity.TenantId;
import io.infraai.gateway.problem.ProblemException;
import io.infraai.persistence.intake.AlertIntake.Batch;
import io.infraai.persistence.intake.AlertIntake.Quarantined;
import io.infraai.persistence.intake.AlertIntake.Received;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class WebhookParsingTest {

    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final String GOOD = """
            {"status":"firing","labels":{"alertname":"PodCrashLoop","pod_name":"web-0"},"annotations":{"summary":"s"},\
            "startsAt":"2026-11-23T09:59:00.123456789Z","endsAt":"0001-01-01T00:00:00Z",\
            "generatorURL":"http://prometheus","fingerprint":"c2a7"}""";

    private static Batch read(byte[] body) {
        var alerts = new ArrayList<Received>();
        var quarantined = new ArrayList<Quarantined>();
        var reader = new AlertReader(Webhook.of(body), TenantId.DEFAULT, Set.of("replica"), NOW);
        while (!reader.atEnd()) {
            var batch = reader.next(2);
            alerts.addAll(batch.alerts());
            quarantined.addAll(batch.quarantined());
        }
        return new Batch(alerts, quarantined);
    }

    private static Batch read(String body) {
        return read(body.getBytes(StandardCharsets.UTF_8));
    }

    private static Batch message(String alert) {
        return read("{\"version\":\"4\",\"status\":\"firing\",\"alerts\":[" + alert + "]}");
    }

    private static Alert single(Batch batch) {
        assertThat(batch.quarantined()).isEmpty();
        assertThat(batch.alerts()).hasSize(1);
        return batch.alerts().getFirst().alert();
    }

    private static String with(String from, String to) {
        assertThat(GOOD).contains(from);
        return GOOD.replace(from, to);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "1",
                "\"x\"",
                "true",
                "{",
                "[",
                "{}",
                "{\"alerts\":null}",
                "{\"alerts\":\"x\"}",
                "{\"alerts\":{}}",
                "{\"alerts\":[]} x",
                "{\"alerts\":[]}{\"alerts\":[]}",
                "{\"alerts\":[}",
                "{\"alerts\":[{]}",
                "{\"alerts\":[NaN]}",
                "{\"alerts\":[],\"x\":NaN}",
                "{'alerts':[]}",
                "{\"alerts\":[],}",
                "{\"ruleId\":1,\"ruleName\":\"r\",\"state\":\"alerting\",\"evalMatches\":[]}",
                "{\"alerts\":[1,]}"
            })
    void whatIsNoWebhookIsRefused(String body) {
        assertThatThrownBy(() -> read(body))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refusal -> assertThat(refusal.problem().code().status()).isEqualTo(400));
    }

    @Test
    void whatASenderLeftOutIsCountedAndNonsenseIsNot() {
        assertThat(truncated("7")).isEqualTo(7);
        assertThat(truncated("0")).isZero();
        assertThat(truncated("-3")).isZero();
        assertThat(truncated("99999999999999999999999")).isZero();
        assertThat(truncated("\"many\"")).isZero();
        assertThat(truncated("[1]")).isZero();
    }

    private static long truncated(String value) {
        var body = "{\"version\":\"4\",\"truncatedAlerts\":" + value + ",\"alerts\":[]}";
        return Webhook.of(body.getBytes(StandardCharsets.UTF_8)).truncated();
    }

    @Test
    void overlongNumbersAndDeepNestingAreRefused() {
        var deep = "[".repeat(100_000);
        var deepValue = "{\"alerts\":[],\"x\":" + "[".repeat(65) + "]".repeat(65) + "}";
        for (var body : List.of("{\"alerts\":[],\"x\":" + "9".repeat(5_000) + "}", deep, deepValue)) {
            assertThatThrownBy(() -> read(body)).isInstanceOf(ProblemException.class);
        }
        assertThat(read("{\"alerts\":[],\"x\":" + "[".repeat(60) + "]".repeat(60) + "}")
                        .alerts())
                .isEmpty();
    }

    @Test
    void bytesThatAreNotUtf8AreRefused() {
        byte[][] bodies = {
            "{\"alerts\":[]}".getBytes(StandardCharsets.UTF_16),
            "{\"alerts\":[]}".getBytes(StandardCharsets.UTF_16LE),
            {'{', '"', 'a', (byte) 0xC0, (byte) 0xAF, '"', ':', '1', '}'},
            {'{', '"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"', ':', '1', '}'},
            {'{', '"', (byte) 0xFF, '"', ':', '1', '}'},
        };
        for (var body : bodies) {
            assertThatThrownBy(() -> read(body)).isInstanceOf(ProblemException.class);
        }
    }

    @Test
    void aByteOrderMarkIsSkipped() {
        assertThat(single(read("\uFEFF{\"alerts\":[" + GOOD + "]}")).label("pod_name"))
                .isEqualTo("web-0");
        assertThat(single(read("\uFEFF \n[" + GOOD + "]")).label("pod_name")).isEqualTo("web-0");
    }

    @Test
    void noAlertsAreFine() {
        assertThat(read("{\"alerts\":[]}")).isEqualTo(new Batch(List.of(), List.of()));
        assertThat(read("[]")).isEqualTo(new Batch(List.of(), List.of()));
    }

    @Test
    void anAlertIsReadAsItWasSent() {
        assertThat(single(message(GOOD)))
                .isEqualTo(new Alert(
                        AlertStatus.FIRING,
                        java.util.Map.of("alertname", "PodCrashLoop", "pod_name", "web-0"),
                        java.util.Map.of("summary", "s"),
                        Instant.parse("2026-11-23T09:59:00.123456789Z"),
                        null,
                        "http://prometheus",
                        "c2a7"));
    }

    @Test
    void unknownFieldsAndHugeUnreadNumbersAreIgnored() {
        var alert = with("\"status\"", "\"values\":{\"A\":1e999999999},\"silenceURL\":\"x\",\"status\"");
        var body = "{\"notification_reason\":\"first\",\"truncatedAlerts\":-1,\"n\":1e999999999,\"receiver\":\""
                + "r".repeat(1_000_000) + "\",\"alerts\":[" + alert + "],\"version\":\"99\",\"orgId\":1}";
        assertThat(single(read(body)).label("alertname")).isEqualTo("PodCrashLoop");
    }

    @Test
    void theLastOfDuplicateKeysCounts() {
        var alert = with("\"alertname\":\"PodCrashLoop\"", "\"alertname\":\"A\",\"alertname\":\"PodCrashLoop\"");
        assertThat(single(read("{\"alerts\":[1,2,3],\"alerts\":[" + alert + "]}"))
                        .label("alertname"))
                .isEqualTo("PodCrashLoop");
        assertThatThrownBy(() -> read("{\"alerts\":[],\"alerts\":1}")).isInstanceOf(ProblemException.class);
    }

    @Test
    void aBadAlertIsSetAsideAndTheRestIsTaken() {
        var batch = message(GOOD + ",null,7,\"x\",[]," + GOOD + ",{}," + GOOD);
        assertThat(batch.alerts()).extracting(Received::index).containsExactly(0, 5, 7);
        assertThat(batch.quarantined()).extracting(Quarantined::index).containsExactly(1, 2, 3, 4, 6);
        assertThat(batch.quarantined())
                .extracting(Quarantined::sample)
                .containsExactly("null", "7", "\"x\"", "[]", "{}");
    }

    @Test
    void eachFlawSetsItsAlertAside() {
        var bad = List.of(
                with("\"status\":\"firing\"", "\"status\":1"),
                with("\"status\":\"firing\"", "\"status\":\"FIRING\""),
                with("{\"alertname\":\"PodCrashLoop\",\"pod_name\":\"web-0\"}", "\"x\""),
                with("{\"alertname\":\"PodCrashLoop\",\"pod_name\":\"web-0\"}", "null"),
                with("{\"alertname\":\"PodCrashLoop\",\"pod_name\":\"web-0\"}", "{}"),
                with("\"web-0\"", "{\"a\":1}"),
                with("\"web-0\"", "1"),
                with("\"web-0\"", "null"),
                with("\"web-0\"", "\"a\\u0000b\""),
                with("\"web-0\"", "\"a\\ud800b\""),
                with("\"web-0\"", "\"\\udc00\\ud800\""),
                with("\"pod_name\"", "\"pod\\u0000\""),
                with("\"pod_name\"", "\"" + "n".repeat(60_000) + "\""),
                with("\"pod_name\"", "\"\""),
                with("\"summary\":\"s\"", "\"summary\":7"),
                with("\"web-0\"", "\"" + "v".repeat(9_000_000) + "\""),
                with("\"web-0\"", "\"" + "v".repeat(65_536) + "\""),
                with("\"pod_name\":\"web-0\"", labels(130)),
                with("\"pod_name\":\"web-0\"", labels(100_000)));
        for (var each : bad) {
            var batch = message(GOOD + "," + each + "," + GOOD);
            assertThat(batch.alerts()).extracting(Received::index).containsExactly(0, 2);
            assertThat(batch.quarantined()).hasSize(1);
            assertThat(batch.quarantined().getFirst().reason()).isNotBlank();
            assertThat(batch.quarantined().getFirst().sample().length()).isLessThanOrEqualTo(4_096);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"+999999999-12-31T23:59:59Z\"",
                "\"1970-01-01T00:00:00Z\"",
                "\"2036-11-23T00:00:00Z\"",
                "\"infinity\"",
                "1700000000",
                "\"1700000000\"",
                "\"2026-11-23\"",
                "\"2026-11-23T10:00:00\"",
                "\"2026-13-23T10:00:00Z\"",
                "\"2026-06-30T23:59:60Z\"",
                "\"\"",
                "{}",
                "null",
                "\"0001-01-01T00:00:00Z\"",
                "\"2026-11-23T10:00Z\""
            })
    void aBadStartSetsTheAlertAside(String time) {
        var batch = message(with("\"2026-11-23T09:59:00.123456789Z\"", time));
        assertThat(batch.alerts()).isEmpty();
        assertThat(batch.quarantined()).hasSize(1);
    }

    @Test
    void offsetsAreUnderstood() {
        var alert = single(message(with("2026-11-23T09:59:00.123456789Z", "2026-11-23T23:59:00+14:00")));
        assertThat(alert.startsAt()).isEqualTo(Instant.parse("2026-11-23T09:59:00Z"));
    }

    @Test
    void aLongAnnotationIsCutWithAMark() {
        for (var unit : List.of("x", "ä", "€", "😀")) {
            var alert = single(message(with("\"s\"", "\"" + unit.repeat(1_000_000) + "\"")));
            assertThat(alert.annotation("summary")).endsWith("[cut]").startsWith(unit + unit);
            assertThat(alert.annotation("summary").getBytes(StandardCharsets.UTF_8).length)
                    .isBetween(16_000, 16 * 1024 + 16);
            assertThat(alert.annotation("summary")).doesNotContain("\uFFFD");
        }
    }

    @Test
    void aMissingStatusIsTheMessages() {
        var bare = with("\"status\":\"firing\",", "").replace("0001-01-01T00:00:00Z", "2026-11-23T09:59:30Z");
        assertThat(single(read("{\"alerts\":[" + bare + "],\"status\":\"resolved\"}"))
                        .status())
                .isEqualTo(AlertStatus.RESOLVED);
        assertThat(single(read("{\"status\":\"firing\",\"alerts\":[" + bare + "]}"))
                        .endsAt())
                .isNull();
    }

    @Test
    void aBareArrayTellsFiringByItsEnd() {
        var bare = with("\"status\":\"firing\",", "");
        assertThat(single(read("[" + bare + "]")).status()).isEqualTo(AlertStatus.FIRING);
        assertThat(single(read("[" + bare.replace("0001-01-01T00:00:00Z", "2026-12-23T10:04:00Z") + "]"))
                        .status())
                .isEqualTo(AlertStatus.FIRING);
        var ended = single(read("[" + bare.replace("0001-01-01T00:00:00Z", "2026-11-23T09:59:59Z") + "]"));
        assertThat(ended.status()).isEqualTo(AlertStatus.RESOLVED);
        assertThat(ended.endsAt()).isEqualTo(Instant.parse("2026-11-23T09:59:59Z"));
        assertThat(single(read("[{\"labels\":{\"alertname\":\"X\"}}]")).startsAt())
                .isEqualTo(NOW);
    }

    @Test
    void oddLabelNamesAreData() {
        var alert = single(message(with(
                "\"pod_name\":\"web-0\"", "\"${x}\":\"1\",\"__proto__\":\"2\",\"a.b\":\"3\",\"🔥\":\"${label.x}\"")));
        assertThat(alert.label("🔥")).isEqualTo("${label.x}");
        assertThat(alert.labels()).hasSize(5);
    }

    @Test
    void neitherOrderNorReplicaNorFingerprintChangeTheKey() {
        var other = GOOD.replace(
                        "\"alertname\":\"PodCrashLoop\",\"pod_name\":\"web-0\"",
                        "\"replica\":\"b\",\"pod_name\":\"web-0\",\"alertname\":\"PodCrashLoop\"")
                .replace("\"c2a7\"", "7");
        var batch = message(GOOD + "," + other + "," + with("web-0", "web-1"));
        var keys = batch.alerts().stream().map(Received::key).toList();
        assertThat(keys.get(0)).isEqualTo(keys.get(1)).isNotEqualTo(keys.get(2));
    }

    private static String labels(int count) {
        var labels = new StringBuilder("\"l\":\"\"");
        for (int i = 1; i < count; i++) {
            labels.append(",\"l").append(i).append("\":\"v\"");
        }
        return labels.toString();
    }
}
