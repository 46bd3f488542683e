package io.infraai.contracts.alert;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.infraai.contracts.identity.TenantId;

import static org.assertj.core.api.Assertions.assertThat;

class AlertKeyTest {

    private static final TenantId ACME = new TenantId("acme");

    @Test
    void theOrderOfLabelsIsIrrelevant() {
        var oneWay = new LinkedHashMap<String, String>();
        oneWay.put("alertname", "PodCrashLoop");
        oneWay.put("pod", "web-0");
        var otherWay = new LinkedHashMap<String, String>();
        otherWay.put("pod", "web-0");
        otherWay.put("alertname", "PodCrashLoop");

        assertThat(key(oneWay)).isEqualTo(key(otherWay));
    }

    @Test
    void replicaLabelsAreLeftOut() {
        var fromA = Map.of("alertname", "Down", "prometheus_replica", "a");
        var fromB = Map.of("alertname", "Down", "prometheus_replica", "b");
        var replicas = Set.of("prometheus_replica");

        assertThat(AlertKey.of(ACME, fromA, replicas)).isEqualTo(AlertKey.of(ACME, fromB, replicas));
        assertThat(AlertKey.of(ACME, fromA, replicas)).isEqualTo(key(Map.of("alertname", "Down")));
        assertThat(key(fromA)).isNotEqualTo(key(fromB));
    }

    @Test
    void anEmptyValueIsAnAbsentLabel() {
        assertThat(key(Map.of("alertname", "Down", "team", ""))).isEqualTo(key(Map.of("alertname", "Down")));
    }

    @Test
    void anyOtherValueCounts() {
        assertThat(key(Map.of("alertname", "Down", "team", " "))).isNotEqualTo(key(Map.of("alertname", "Down")));
        assertThat(key(Map.of("alertname", "Down"))).isNotEqualTo(key(Map.of("alertname", "down")));
    }

    @Test
    void textMovedOverABoundaryMakesAnotherKey() {
        assertThat(key(Map.of("a", "bc"))).isNotEqualTo(key(Map.of("ab", "c")));
        assertThat(key(Map.of("a", "b", "c", "d"))).isNotEqualTo(key(Map.of("a", "bcd")));
        assertThat(key(Map.of("a", "b\u0000c"))).isNotEqualTo(key(Map.of("a\u0000b", "c")));
        assertThat(AlertKey.of(new TenantId("a"), Map.of("bc", "d"), Set.of()))
                .isNotEqualTo(AlertKey.of(new TenantId("ab"), Map.of("c", "d"), Set.of()));
    }

    @Test
    void lengthsAreThoseOfBytes() {
        assertThat(key(Map.of("a", "\u00e9"))).isNotEqualTo(key(Map.of("a", "e\u0301")));
    }

    @Test
    void tenantsShareNoKey() {
        var labels = Map.of("alertname", "Down");

        assertThat(AlertKey.of(ACME, labels, Set.of()))
                .isNotEqualTo(AlertKey.of(new TenantId("emca"), labels, Set.of()));
    }

    @Test
    void storedKeysStayWhatTheyWere() {
        assertThat(key(Map.of("alertname", "PodCrashLoop", "pod", "web-0")).hex())
                .isEqualTo("1e290a651bd9856cf8e0d9ef631239510c00d5d48f258678456580dae00e0d58");
    }

    @Test
    void itsBytesAreItsDigits() {
        var key = key(Map.of("alertname", "Down"));

        assertThat(key.hex()).matches("[0-9a-f]{64}");
        assertThat(key.bytes()).hasSize(32);
        assertThat(String.format("%02x", key.bytes()[0])).isEqualTo(key.hex().substring(0, 2));
    }

    private static AlertKey key(Map<String, String> labels) {
        return AlertKey.of(ACME, labels, Set.of());
    }
}
