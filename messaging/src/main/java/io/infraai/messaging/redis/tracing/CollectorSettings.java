package io.infraai.messaging.redis.tracing;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.PropertiesConfigSource;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/**
 * Switches tracing on where OpenTelemetry's own variable {@code OTEL_EXPORTER_OTLP_ENDPOINT} (or property {@code
 * otel.exporter.otlp.endpoint}) names a collector. Whatever {@code quarkus.otel} says elsewhere has the last word.
 */
public final class CollectorSettings implements ConfigSourceFactory {

    /** Above the modules' defaults, below files, environment and system properties. */
    private static final int ORDINAL = 130;

    private static final String ENDPOINT = "otel.exporter.otlp.endpoint";
    private static final String PROTOCOL = "otel.exporter.otlp.protocol";

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        var endpoint = value(context, ENDPOINT);
        if (endpoint == null) {
            return List.of();
        }
        var protocol = value(context, PROTOCOL);
        Map<String, String> settings = new HashMap<>();
        settings.put("quarkus.otel.sdk.disabled", "false");
        settings.put("quarkus." + ENDPOINT, endpoint);
        // OpenTelemetry's default; that of Quarkus is grpc
        settings.put("quarkus." + PROTOCOL, protocol == null ? "http/protobuf" : protocol);
        return List.of(new PropertiesConfigSource(settings, "OpenTelemetry collector", ORDINAL));
    }

    private static @Nullable String value(ConfigSourceContext context, String name) {
        var found = context.getValue(name);
        return found == null || found.getValue() == null || found.getValue().isBlank() ? null : found.getValue();
    }
}
