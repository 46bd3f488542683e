package io.infraai.adapters.kubernetes;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class KubernetesConfigTest {

    @Test
    void theBoundsHaveDefaultsAndNothingSaysWhereAClusterIs() {
        var config = read(Map.of());

        assertThat(config.url()).isEmpty();
        assertThat(config.clusters()).isEmpty();
        assertThat(config.callTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.concurrency()).isEqualTo(10);
        assertThat(config.breakerFailures()).isEqualTo(5);
    }

    @Test
    void aClusterIsNamedWithTheFilesThatLetUsIn() {
        var berlin = read(Map.of(
                        "infraai.kubernetes.clusters.\"berlin\".url", "https://10.0.0.1:6443",
                        "infraai.kubernetes.clusters.\"berlin\".token-file", "/var/run/berlin/token",
                        "infraai.kubernetes.clusters.\"berlin\".ca-file", "/var/run/berlin/ca.crt"))
                .clusters()
                .get("berlin");

        assertThat(berlin).isNotNull().satisfies(access -> {
            assertThat(access.url()).contains(URI.create("https://10.0.0.1:6443"));
            assertThat(access.tokenFile()).contains(Path.of("/var/run/berlin/token"));
            assertThat(access.caFile()).contains(Path.of("/var/run/berlin/ca.crt"));
            assertThat(access.kubeconfigContext()).isEmpty();
        });
    }

    private static KubernetesConfig read(Map<String, String> properties) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(KubernetesConfig.class)
                .withSources(new PropertiesConfigSource(properties, "test", 100))
                .build()
                .getConfigMapping(KubernetesConfig.class);
    }
}
