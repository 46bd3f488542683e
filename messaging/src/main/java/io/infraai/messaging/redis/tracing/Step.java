package io.infraai.messaging.redis.tracing;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import org.jspecify.annotations.Nullable;

/** A piece of work under way, as tracing sees it. Says nothing to anybody where nothing is traced. */
public final class Step {

    private static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");

    private final Span span;
    private final @Nullable String traceparent;

    private Step(Span span, @Nullable String traceparent) {
        this.span = span;
        this.traceparent = traceparent;
    }

    static Step of(Span span) {
        var carrier = new String[1];
        W3CTraceContextPropagator.getInstance().inject(Context.root().with(span), carrier, (to, key, value) -> {
            if (to != null && key.equals("traceparent")) {
                to[0] = value;
            }
        });
        return new Step(span, carrier[0]);
    }

    /** What is a part of an untraced step is a part of what that is a part of. */
    static Step untraced(@Nullable String parent) {
        return new Step(Span.getInvalid(), parent);
    }

    /** The parent of what is done for this step, here or elsewhere. */
    public @Nullable String traceparent() {
        return traceparent;
    }

    /** Never with text of alerts, of people, of tools or of models: values are of closed sets, ids, or numbers. */
    public Step tell(String key, String value) {
        span.setAttribute(key, value);
        return this;
    }

    /** The same for a number. */
    public Step tell(String key, long value) {
        span.setAttribute(key, value);
        return this;
    }

    /** It came to nothing. */
    public void failed(String type) {
        span.setAttribute(ERROR_TYPE, type);
        span.setStatus(StatusCode.ERROR);
    }

    /** What is told afterwards isn't heard any more. */
    public void end() {
        span.end();
    }
}
