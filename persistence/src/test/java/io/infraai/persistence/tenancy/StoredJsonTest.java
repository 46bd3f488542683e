package io.infraai.persistence.tenancy;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.junit.jupiter.api.Test;

import io.infraai.contracts.alert.Alert;
import io.infraai.contracts.alert.AlertStatus;
import io.infraai.contracts.policy.Condition.Bound;
import io.infraai.contracts.remediation.MetricCheck;
import io.infraai.contracts.tool.Risk;
import io.infraai.contracts.tool.ToolDescription;
import io.infraai.contracts.tool.ToolKind;

import static org.assertj.core.api.Assertions.assertThat;

/** What version 1 wrote must stay readable: rows outlive releases. */
class StoredJsonTest {

    @Test
    void anAlertIsReadBackFromTheFormThatVersion1Wrote() {
        var written = """
                {"status":"firing","labels":{"alertname":"PodCrashLoop"},"annotations":{"summary":"It crashes"},\
                "startsAt":"2026-11-23T08:00:00.123Z","generatorUrl":"http://p/g","fingerprint":"abc","added":"later"}""";

        assertThat(StoredJson.read(written, Alert.class))
                .isEqualTo(new Alert(
                        AlertStatus.FIRING,
                        Map.of("alertname", "PodCrashLoop"),
                        Map.of("summary", "It crashes"),
                        Instant.parse("2026-11-23T08:00:00.123Z"),
                        null,
                        "http://p/g",
                        "abc"));
    }

    @Test
    void aLiveGuardIsReadBackFromTheFormThatVersion1Wrote() {
        var written = """
                {"query":"up","bound":"BELOW","limit":0.5}""";

        assertThat(StoredJson.read(written, MetricCheck.class)).isEqualTo(new MetricCheck("up", Bound.BELOW, 0.5));
        assertThat(StoredJson.write(new MetricCheck("up", Bound.BELOW, 0.5))).isEqualTo(written);
    }

    @Test
    void aToolIsReadBackFromTheFormThatVersion1Wrote() {
        var written = """
                {"name":"restart_pod","description":"Evicts","kind":"GUARDED","risk":"CHANGES","target":"k8s:{pod}",\
                "timeout":"PT10S","inputSchema":{"type":"object"}}""";

        var tool = StoredJson.read(written, ToolDescription.class);

        assertThat(tool)
                .isEqualTo(new ToolDescription(
                        "restart_pod",
                        "Evicts",
                        ToolKind.GUARDED,
                        Risk.CHANGES,
                        "k8s:{pod}",
                        Duration.ofSeconds(10),
                        JsonNodeFactory.instance.objectNode().put("type", "object")));
        assertThat(StoredJson.write(tool)).isEqualTo(written);
    }
}
