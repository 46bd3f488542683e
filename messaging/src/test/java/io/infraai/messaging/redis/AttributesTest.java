package io.infraai.messaging.redis;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class AttributesTest {

    private static Config config(Map<String, String> attributes) {
        var all = new HashMap<>(attributes);
        all.put("channel-name", "orders-in");
        return new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(all, "test", 100))
                .build();
    }

    @Test
    void anIncomingChannelNeedsNothingButItsStream() {
        var settings = InboundSettings.of(config(Map.of("stream", "orders")), "unique");

        assertThat(settings)
                .isEqualTo(new InboundSettings(
                        "orders-in",
                        "orders",
                        Optional.empty(),
                        "unique",
                        128,
                        Duration.ofSeconds(1),
                        256,
                        Duration.ofSeconds(30),
                        5,
                        "retry",
                        true,
                        true));
    }

    @Test
    void anOutgoingChannelNeedsNothingButItsStream() {
        var settings = OutboundSettings.of(config(Map.of("stream", "orders")));

        assertThat(settings)
                .isEqualTo(new OutboundSettings("orders-in", "orders", 256, 100_000, Optional.empty(), true, true));
    }

    @Test
    void durationsAreIsoOrShort() {
        var settings =
                InboundSettings.of(config(Map.of("stream", "orders", "block", "PT0.5S", "claim-idle", "2m")), "unique");

        assertThat(settings.block()).isEqualTo(Duration.ofMillis(500));
        assertThat(settings.claimIdle()).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void aMissingStreamIsToldWithItsChannel() {
        assertThatThrownBy(() -> InboundSettings.of(config(Map.of()), "unique"))
                .hasMessage("Attribute 'stream' of channel 'orders-in' must be set");
    }

    @ParameterizedTest
    @CsvSource({
        "batch-size, 0, must be between 1",
        "batch-size, many, must be a whole number",
        "max-in-flight, -1, must be between 1",
        "max-deliveries, 99999999999, must be between 1",
        "block, soon, must be a duration",
        "claim-idle, 0s, must be at least 1ms",
        "failure-strategy, ' ', must not be blank",
        "health-enabled, maybe, must be true or false",
    })
    void aBadValueIsToldWithItsAttributeAndChannel(String attribute, String value, String problem) {
        var attributes = Map.of("stream", "orders", attribute, value);

        assertThatThrownBy(() -> InboundSettings.of(config(attributes), "unique"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Attribute '" + attribute + "' of channel 'orders-in' " + problem);
    }
}
