package io.infraai.messaging.redis.tracing;

import io.opentelemetry.context.propagation.TextMapSetter;
import org.jspecify.annotations.Nullable;

enum FieldsSetter implements TextMapSetter<StreamTrace> {
    INSTANCE;

    @Override
    public void set(@Nullable StreamTrace trace, String key, String value) {
        if (trace != null) {
            trace.fields().put(key, value);
        }
    }
}
