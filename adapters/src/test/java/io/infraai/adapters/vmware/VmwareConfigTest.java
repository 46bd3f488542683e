package io.infraai.adapters.vmware;

import java.time.Duration;

import io.smallrye.config.SmallRyeConfigBuilder;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class VmwareConfigTest {

    @Test
    void nothingIsConfiguredAndEverythingBoundedByDefault() {
        var config = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDiscoveredConverters()
                .withMapping(VmwareConfig.class)
                .build()
                .getConfigMapping(VmwareConfig.class);

        assertThat(config.url()).isEmpty();
        assertThat(config.user()).isEmpty();
        assertThat(config.passwordFile()).isEmpty();
        assertThat(config.thumbprint()).isEmpty();
        assertThat(config.servers()).isEmpty();
        assertThat(config.connectTimeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(config.callTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.pollInterval()).isEqualTo(Duration.ofMillis(500));
        assertThat(config.settleTime()).isEqualTo(Duration.ofSeconds(20));
        assertThat(config.concurrency()).isEqualTo(8);
        assertThat(config.waiting()).isEqualTo(1_000);
        assertThat(config.breakerFailures()).isEqualTo(5);
        assertThat(config.breakerDelay()).isEqualTo(Duration.ofSeconds(30));
    }
}
