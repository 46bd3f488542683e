package io.infraai.adapters;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.infraai.adapters.alertmanager.AlertmanagerConfig;
import io.infraai.adapters.grafana.GrafanaConfig;
import io.infraai.adapters.prometheus.PrometheusConfig;
import io.infraai.adapters.tool.http.Configured;
import io.infraai.adapters.tool.http.EndpointConfig;

import static org.assertj.core.api.Assertions.assertThat;

class ConfigurationTest {

    @Test
    void everyEndpointIsBoundedAndNoneIsThereByDefault() {
        for (EndpointConfig endpoint : List.of(
                Configured.with(PrometheusConfig.class, Map.of()),
                Configured.with(AlertmanagerConfig.class, Map.of()),
                Configured.with(GrafanaConfig.class, Map.of()))) {
            assertThat(endpoint.url()).isEmpty();
            assertThat(endpoint.timeout()).isEqualTo(Duration.ofSeconds(10));
            assertThat(endpoint.concurrency()).isEqualTo(10);
            assertThat(endpoint.bearerTokenFile()).isEmpty();
            assertThat(endpoint.user()).isEmpty();
            assertThat(endpoint.passwordFile()).isEmpty();
            assertThat(endpoint.caFile()).isEmpty();
            assertThat(endpoint.certificateFile()).isEmpty();
            assertThat(endpoint.keyFile()).isEmpty();
        }
    }

    @Test
    void nobodyIsNamedByDefault() {
        assertThat(Configured.with(PrometheusConfig.class, Map.of()).tenant()).isEmpty();
        assertThat(Configured.with(AlertmanagerConfig.class, Map.of()).tenant()).isEmpty();
        assertThat(Configured.with(GrafanaConfig.class, Map.of()).orgId()).isEmpty();
    }
}
