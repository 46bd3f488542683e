package io.infraai.messaging.redis.tracing;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.context.Context;
import io.opentelemetry.instrumentation.api.incubator.semconv.messaging.MessageOperation;
import io.opentelemetry.instrumentation.api.incubator.semconv.messaging.MessagingAttributesExtractor;
import io.opentelemetry.instrumentation.api.incubator.semconv.messaging.MessagingSpanNameExtractor;
import io.opentelemetry.instrumentation.api.instrumenter.Instrumenter;
import io.opentelemetry.instrumentation.api.instrumenter.InstrumenterBuilder;
import io.smallrye.reactive.messaging.TracingMetadata;
import io.smallrye.reactive.messaging.providers.MetadataInjectableMessage;
import io.smallrye.reactive.messaging.tracing.TracingUtils;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jspecify.annotations.Nullable;

/**
 * Makes a span of each entry received or published, and passes the trace on in the fields {@code traceparent} and
 * {@code tracestate} (or whatever the configured propagators use). Does nothing without OpenTelemetry.
 */
public final class StreamTracing {

    private static final StreamTracing NONE = new StreamTracing(null, null);

    private final @Nullable OpenTelemetry telemetry;
    private final @Nullable Instrumenter<StreamTrace, Void> instrumenter;

    private StreamTracing(@Nullable OpenTelemetry telemetry, @Nullable Instrumenter<StreamTrace, Void> instrumenter) {
        this.telemetry = telemetry;
        this.instrumenter = instrumenter;
    }

    /** Traces nothing. */
    public static StreamTracing none() {
        return NONE;
    }

    /** Traces entries read. */
    public static StreamTracing ofSource(OpenTelemetry telemetry) {
        return isNoop(telemetry)
                ? NONE
                : new StreamTracing(
                        telemetry,
                        builder(telemetry, MessageOperation.RECEIVE).buildConsumerInstrumenter(FieldsGetter.INSTANCE));
    }

    /** Traces entries written. */
    public static StreamTracing ofSink(OpenTelemetry telemetry) {
        return isNoop(telemetry)
                ? NONE
                : new StreamTracing(
                        telemetry,
                        builder(telemetry, MessageOperation.PUBLISH).buildProducerInstrumenter(FieldsSetter.INSTANCE));
    }

    private static boolean isNoop(OpenTelemetry telemetry) {
        return telemetry.equals(OpenTelemetry.noop());
    }

    private static InstrumenterBuilder<StreamTrace, Void> builder(OpenTelemetry telemetry, MessageOperation operation) {
        var attributes = StreamAttributes.INSTANCE;
        return Instrumenter.<StreamTrace, Void>builder(
                        telemetry,
                        "io.smallrye.reactive.messaging",
                        MessagingSpanNameExtractor.create(attributes, operation))
                .addAttributesExtractor(MessagingAttributesExtractor.create(attributes, operation));
    }

    /** The message with the context of its span, whose parent is the one found in the fields of the entry. */
    public Message<?> received(MetadataInjectableMessage<?> message, StreamTrace trace) {
        if (instrumenter == null || telemetry == null) {
            return message;
        }
        // the thread's own context is no parent of an entry: it belongs to whatever the event loop did before
        var parent =
                telemetry.getPropagators().getTextMapPropagator().extract(Context.root(), trace, FieldsGetter.INSTANCE);
        message.injectMetadata(TracingMetadata.withPrevious(parent));
        return TracingUtils.traceIncoming(instrumenter, message, trace, false);
    }

    /** Adds the trace context of the message to the fields of the entry about to be written. */
    public void publishing(Message<?> message, StreamTrace trace) {
        if (instrumenter != null) {
            TracingUtils.traceOutgoing(instrumenter, message, trace);
        }
    }
}
