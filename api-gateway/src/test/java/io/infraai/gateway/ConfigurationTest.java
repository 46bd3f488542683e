package io.infraai.gateway;

import java.time.Duration;

import io.smallrye.config.SmallRyeConfigBuilder;
import org.junit.jupiter.api.Test;

import io.infraai.contracts.policy.PolicyMode;
import io.infraai.gateway.alerts.IntakeConfig;
import io.infraai.gateway.assets.AssetsConfig;
import io.infraai.gateway.chat.ChatConfig;
import io.infraai.gateway.guard.GuardConfig;
import io.infraai.gateway.mcp.McpConfig;
import io.infraai.gateway.policies.PoliciesConfig;
import io.infraai.gateway.tools.ProtectionConfig;
import io.infraai.gateway.tools.ToolsConfig;

import static org.assertj.core.api.Assertions.assertThat;

class ConfigurationTest {

    private static <T> T defaults(Class<T> mapping) {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDiscoveredConverters()
                .withMapping(mapping)
                .build()
                .getConfigMapping(mapping);
    }

    @Test
    void intakeIsBoundedByDefault() {
        var intake = defaults(IntakeConfig.class);
        assertThat(intake.replicaLabels()).containsExactlyInAnyOrder("prometheus_replica", "replica");
        assertThat(intake.inWork().asLongValue()).isEqualTo(64L * 1024 * 1024);
        assertThat(intake.patience()).isEqualTo(Duration.ofSeconds(1));
        assertThat(intake.storeTimeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(intake.batch()).isEqualTo(500);
    }

    @Test
    void theGuardIsStrictByDefault() {
        var guard = defaults(GuardConfig.class);
        assertThat(guard.bodyDeadline()).isEqualTo(Duration.ofSeconds(15));
        assertThat(guard.queryParameters()).isEqualTo(100);
    }

    @Test
    void policiesObserveByDefault() {
        assertThat(defaults(PoliciesConfig.class).defaultMode()).isEqualTo(PolicyMode.OBSERVE);
    }

    @Test
    void toolsSpareTheControlPlaneByDefault() {
        assertThat(defaults(ProtectionConfig.class).protectedNamespaces()).containsExactly("kube-system");
        assertThat(defaults(ToolsConfig.class).taskMaxAge()).isEqualTo(Duration.ofMinutes(15));
        assertThat(defaults(ToolsConfig.class).longestAnswer()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void discoveryIsOffByDefault() {
        assertThat(defaults(AssetsConfig.class).allowedSubnets()).isEmpty();
    }

    @Test
    void noWebPageMayCallTheMcpServerByDefault() {
        var mcp = defaults(McpConfig.class);
        assertThat(mcp.allowedOrigins()).isEmpty();
        assertThat(mcp.messageLimit().asLongValue()).isEqualTo(1024L * 1024);
    }

    @Test
    void aConversationIsBoundedByDefaultAndNoWebPageMayOpenOne() {
        var chat = defaults(ChatConfig.class);
        assertThat(chat.answerDeadline()).isEqualTo(Duration.ofSeconds(30));
        assertThat(chat.turnsPerMinute()).isEqualTo(20);
        assertThat(chat.look()).isEqualTo(Duration.ofSeconds(1));
        assertThat(chat.streamsPerUser()).isEqualTo(8);
        assertThat(chat.idle()).isEqualTo(Duration.ofMinutes(10));
        assertThat(chat.allowedOrigins()).isEmpty();
    }
}
