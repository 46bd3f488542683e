package io.infraai.messaging.redis.tracing;

import java.time.Instant;
import java.util.Map;
import java.util.function.Function;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.TracingMetadata;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.jspecify.annotations.Nullable;

/**
 * Makes spans of work that goes on over several threads, services and hours, for which the trace is handed on in words and
 * not by the thread. Costs a few objects where nothing is traced.
 */
@Singleton
public final class Spans {

    private final @Nullable Tracer tracer;

    /** For the container. */
    @Inject
    public Spans(
            Instance<OpenTelemetry> telemetry,
            @ConfigProperty(name = "quarkus.otel.sdk.disabled", defaultValue = "true") boolean disabled) {
        this.tracer =
                disabled || !telemetry.isResolvable() ? null : telemetry.get().getTracer("io.infraai");
    }

    private Spans(@Nullable Tracer tracer) {
        this.tracer = tracer;
    }

    /** Without a container. */
    public static Spans of(OpenTelemetry telemetry) {
        return new Spans(telemetry.getTracer("io.infraai"));
    }

    /** Traces nothing. */
    public static Spans untraced() {
        return new Spans(null);
    }

    /** A span of work done here. */
    public <T> Uni<T> during(String name, Trail trail, Function<Step, Uni<T>> work) {
        return during(name, SpanKind.INTERNAL, trail, work);
    }

    /** A span of work that another system does for this one. */
    public <T> Uni<T> calling(String name, Trail trail, Function<Step, Uni<T>> work) {
        return during(name, SpanKind.CLIENT, trail, work);
    }

    /** A span that its user ends. */
    public Step begin(String name, Trail trail) {
        return begin(name, SpanKind.INTERNAL, trail, null);
    }

    /** The same of what began before anybody here knew of it. */
    public Step begin(String name, Trail trail, Instant since) {
        return begin(name, SpanKind.INTERNAL, trail, since);
    }

    private <T> Uni<T> during(String name, SpanKind kind, Trail trail, Function<Step, Uni<T>> work) {
        return Uni.createFrom().deferred(() -> {
            var step = begin(name, kind, trail, null);
            return Uni.createFrom()
                    .deferred(() -> work.apply(step))
                    // a message may quote anything; the log has it, redacted
                    .onFailure()
                    .invoke(failure -> step.failed(failure.getClass().getSimpleName()))
                    .onTermination()
                    .invoke(step::end);
        });
    }

    private Step begin(String name, SpanKind kind, Trail trail, @Nullable Instant since) {
        if (tracer == null) {
            return Step.untraced(trail.parent());
        }
        var builder = tracer.spanBuilder(name).setSpanKind(kind).setParent(context(trail.parent()));
        if (trail.link() != null) {
            builder.addLink(Span.fromContext(context(trail.link())).getSpanContext());
        }
        if (since != null) {
            builder.setStartTimestamp(since);
        }
        return Step.of(builder.startSpan());
    }

    /** The trace that the calling thread's request belongs to. */
    public @Nullable String current() {
        return tracer == null ? null : traceparent(Context.current());
    }

    /** The trace that a bell came with. */
    public @Nullable String of(Message<?> bell) {
        return bell.getMetadata(TracingMetadata.class)
                .map(TracingMetadata::getCurrentContext)
                .map(Spans::traceparent)
                .orElse(null);
    }

    /** A bell that belongs to a trace. */
    public <T> Message<T> bell(T payload, @Nullable String traceparent) {
        return tracer == null || traceparent == null
                ? Message.of(payload)
                : Message.of(payload, Metadata.of(TracingMetadata.withCurrent(context(traceparent))));
    }

    private static @Nullable String traceparent(Context context) {
        var span = Span.fromContext(context);
        return span.getSpanContext().isValid() ? Step.of(span).traceparent() : null;
    }

    private static Context context(@Nullable String traceparent) {
        return traceparent == null
                ? Context.root()
                : W3CTraceContextPropagator.getInstance()
                        .extract(Context.root(), Map.of("traceparent", traceparent), StringsGetter.INSTANCE);
    }
}
