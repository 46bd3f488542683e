package io.infraai.messaging.redis.tracing;

import java.util.Map;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CollectorSettingsTest {

    private static final String DISABLED = "quarkus.otel.sdk.disabled";
    private static final String COLLECTOR = "http://collector:4318";

    private static SmallRyeConfig config(Map<String, String> said) {
        return new SmallRyeConfigBuilder()
                .withInterceptors(new CollectorSettings())
                .withSources(
                        new PropertiesConfigSource(Map.of(DISABLED, "true"), "defaults", 120),
                        new PropertiesConfigSource(said, "environment", 300))
                .build();
    }

    @Test
    void nothingIsTracedUntilACollectorIsNamed() {
        assertThat(config(Map.of()).getValue(DISABLED, Boolean.class)).isTrue();
        assertThat(config(Map.of("otel.exporter.otlp.endpoint", " ")).getValue(DISABLED, Boolean.class))
                .isTrue();
    }

    @Test
    void aCollectorSwitchesTracingOnOverHttp() {
        var config = config(Map.of("otel.exporter.otlp.endpoint", COLLECTOR));

        assertThat(config.getValue(DISABLED, Boolean.class)).isFalse();
        assertThat(config.getValue("quarkus.otel.exporter.otlp.endpoint", String.class))
                .isEqualTo(COLLECTOR);
        assertThat(config.getValue("quarkus.otel.exporter.otlp.protocol", String.class))
                .isEqualTo("http/protobuf");
    }

    @Test
    void whatIsSaidOfQuarkusItselfHasTheLastWord() {
        var config = config(Map.of(
                "otel.exporter.otlp.endpoint",
                COLLECTOR,
                "otel.exporter.otlp.protocol",
                "grpc",
                "quarkus.otel.exporter.otlp.endpoint",
                "http://other:4317",
                DISABLED,
                "true"));

        assertThat(config.getValue(DISABLED, Boolean.class)).isTrue();
        assertThat(config.getValue("quarkus.otel.exporter.otlp.endpoint", String.class))
                .isEqualTo("http://other:4317");
        assertThat(config.getValue("quarkus.otel.exporter.otlp.protocol", String.class))
                .isEqualTo("grpc");
    }
}
