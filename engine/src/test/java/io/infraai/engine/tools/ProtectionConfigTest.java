package io.infraai.engine.tools;

import io.smallrye.config.SmallRyeConfigBuilder;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ProtectionConfigTest {

    @Test
    void proposalsSpareTheControlPlaneByDefault() {
        var config = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDiscoveredConverters()
                .withMapping(ProtectionConfig.class)
                .build()
                .getConfigMapping(ProtectionConfig.class);

        assertThat(config.protectedNamespaces()).containsExactly("kube-system");
    }
}
