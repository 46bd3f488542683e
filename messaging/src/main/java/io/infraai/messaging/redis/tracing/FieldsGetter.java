package io.infraai.messaging.redis.tracing;

import io.opentelemetry.context.propagation.TextMapGetter;
import org.jspecify.annotations.Nullable;

enum FieldsGetter implements TextMapGetter<StreamTrace> {
    INSTANCE;

    @Override
    public Iterable<String> keys(StreamTrace trace) {
        return trace.fields().keySet();
    }

    @Override
    public @Nullable String get(@Nullable StreamTrace trace, String key) {
        return trace == null ? null : trace.fields().get(key);
    }
}
