package io.infraai.messaging.redis.tracing;

import io.opentelemetry.instrumentation.api.incubator.semconv.messaging.MessagingAttributesGetter;
import org.jspecify.annotations.Nullable;

enum StreamAttributes implements MessagingAttributesGetter<StreamTrace, Void> {
    INSTANCE;

    @Override
    public String getSystem(StreamTrace trace) {
        return "redis";
    }

    @Override
    public String getDestination(StreamTrace trace) {
        return trace.stream();
    }

    @Override
    public @Nullable String getDestinationTemplate(StreamTrace trace) {
        return null;
    }

    @Override
    public boolean isTemporaryDestination(StreamTrace trace) {
        return false;
    }

    @Override
    public boolean isAnonymousDestination(StreamTrace trace) {
        return false;
    }

    @Override
    public @Nullable String getConversationId(StreamTrace trace) {
        return null;
    }

    @Override
    public @Nullable Long getMessageBodySize(StreamTrace trace) {
        return null;
    }

    @Override
    public @Nullable Long getMessageEnvelopeSize(StreamTrace trace) {
        return null;
    }

    @Override
    public @Nullable String getMessageId(StreamTrace trace, @Nullable Void response) {
        return trace.entryId();
    }

    @Override
    public @Nullable String getClientId(StreamTrace trace) {
        return trace.consumer();
    }

    @Override
    public @Nullable Long getBatchMessageCount(StreamTrace trace, @Nullable Void response) {
        return null;
    }
}
