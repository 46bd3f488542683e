package io.infraai.messaging.redis.tracing;

import jakarta.annotation.Priority;

import io.smallrye.config.ConfigSourceInterceptor;
import io.smallrye.config.ConfigSourceInterceptorContext;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.Priorities;
import org.jspecify.annotations.Nullable;

/**
 * Switches tracing on where OpenTelemetry's own variable {@code OTEL_EXPORTER_OTLP_ENDPOINT} (or property {@code
 * otel.exporter.otlp.endpoint}) names a collector. Whatever is said of {@code quarkus.otel} itself has the last word.
 */
@Priority(Priorities.LIBRARY + 500)
public final class CollectorSettings implements ConfigSourceInterceptor {

    private static final long serialVersionUID = 1L;

    /** Defaults of modules and extensions have less, files, environment and system properties more. */
    private static final int SAID = 200;

    private static final String ENDPOINT = "otel.exporter.otlp.endpoint";
    private static final String PROTOCOL = "otel.exporter.otlp.protocol";

    @Override
    public @Nullable ConfigValue getValue(ConfigSourceInterceptorContext context, String name) {
        return switch (name) {
            case "quarkus.otel.sdk.disabled" -> unlessSaid(context, name, collector(context) == null ? null : "false");
            case "quarkus." + ENDPOINT -> unlessSaid(context, name, collector(context));
            case "quarkus." + PROTOCOL -> unlessSaid(context, name, protocol(context));
            default -> context.proceed(name);
        };
    }

    private static @Nullable String collector(ConfigSourceInterceptorContext context) {
        return text(context, ENDPOINT);
    }

    /** OpenTelemetry's default is HTTP, that of Quarkus is gRPC. */
    private static @Nullable String protocol(ConfigSourceInterceptorContext context) {
        var said = text(context, PROTOCOL);
        return said != null || collector(context) == null ? said : "http/protobuf";
    }

    private static @Nullable String text(ConfigSourceInterceptorContext context, String name) {
        var value = context.proceed(name);
        return value == null || value.getValue() == null || value.getValue().isBlank() ? null : value.getValue();
    }

    private static @Nullable ConfigValue unlessSaid(
            ConfigSourceInterceptorContext context, String name, @Nullable String otherwise) {
        var value = context.proceed(name);
        if (otherwise == null || (value != null && value.getConfigSourceOrdinal() >= SAID)) {
            return value;
        }
        return ConfigValue.builder()
                .withName(name)
                .withValue(otherwise)
                .withRawValue(otherwise)
                .withConfigSourceName("OpenTelemetry")
                .withConfigSourceOrdinal(SAID)
                .build();
    }
}
