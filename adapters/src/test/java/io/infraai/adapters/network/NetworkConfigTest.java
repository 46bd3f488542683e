package io.infraai.adapters.network;

import java.time.Duration;

import io.smallrye.config.SmallRyeConfigBuilder;
import org.junit.jupiter.api.Test;

import io.infraai.contracts.asset.Subnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class NetworkConfigTest {

    @Test
    void discoveryIsOffAndGentleByDefault() {
        var network = read("");

        assertThat(network.allowedSubnets()).isEmpty();
        assertThat(network.ports())
                .hasSizeBetween(20, 30)
                .doesNotHaveDuplicates()
                .doesNotContain(9_100);
        assertThat(network.probesPerSecond()).isEqualTo(500);
        assertThat(network.concurrency()).isEqualTo(128);
        assertThat(network.connectTimeout()).isEqualTo(Duration.ofMillis(500));
        assertThat(network.answerTimeout()).isEqualTo(Duration.ofSeconds(1));
        assertThat(network.deadline()).isEqualTo(Duration.ofMinutes(10));
        assertThat(network.reverseDns()).isFalse();
        assertThat(network.dnsTimeout()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void allowedSubnetsAreReadByTheParserOfAllSubnets() {
        assertThat(read("10.0.0.0/8,fd00:1::/112").allowedSubnets().orElseThrow())
                .containsExactlyInAnyOrder(Subnet.of("10.0.0.0/8"), Subnet.of("fd00:1::/112"));
        assertThatThrownBy(() -> read("10.0.0.1/8"))
                .hasMessageContainingAll("infraai.network.allowed-subnets", "10.0.0.1/8");
    }

    private static NetworkConfig read(String allowed) {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDiscoveredConverters()
                .withMapping(NetworkConfig.class)
                .withDefaultValue("infraai.network.allowed-subnets", allowed)
                .build()
                .getConfigMapping(NetworkConfig.class);
    }
}
