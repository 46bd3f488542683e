package io.infraai.messaging.redis.tracing;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
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
 * Makes a span of each entry received or published that belongs to a trace, and passes the trace on in the fields
 * {@code traceparent} and {@code tracestate} (or whatever the configured propagators use). No entry begins a trace: what
 * sweepers ring every second is nobody's request. Does nothing without OpenTelemetry.
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
        if (!isTraced(parent)) {
            return message;
        }
        message.injectMetadata(TracingMetadata.withPrevious(parent));
        return TracingUtils.traceIncoming(instrumenter, message, trace, false);
    }

    /** Adds the trace context of the message to the fields of the entry about to be written. */
    public void publishing(Message<?> message, StreamTrace trace) {
        var traced = instrumenter != null
                && message.getMetadata(TracingMetadata.class)
                        .map(TracingMetadata::getCurrentContext)
                        .filter(StreamTracing::isTraced)
                        .isPresent();
        if (traced) {
            TracingUtils.traceOutgoing(instrumenter, message, trace);
        }
    }

    private static boolean isTraced(Context context) {
        return Span.fromContext(context).getSpanContext().isValid();
    }
}
