package io.infraai.worker.execution;

import java.time.Clock;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import jakarta.enterprise.context.ApplicationScoped;

import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

import io.infraai.contracts.remediation.ClaimedTask;
import io.infraai.contracts.tool.FailureReason;
import io.infraai.contracts.tool.Settlement;
import io.infraai.contracts.tool.Tool;
import io.infraai.contracts.tool.Tool.Changing;
import io.infraai.contracts.tool.Tool.Identified;
import io.infraai.contracts.tool.ToolContext;
import io.infraai.contracts.tool.ToolResult;
import io.infraai.contracts.tool.ToolResult.Failed;
import io.infraai.messaging.redis.tracing.Spans;
import io.infraai.messaging.redis.tracing.Trail;

/** Calls tools, within their time where they may act, each call a span. */
@ApplicationScoped
class ToolCalls {

    private final Spans spans;
    private final Clock clock;
    private final MeterRegistry metrics;

    ToolCalls(Spans spans, Clock clock, MeterRegistry metrics) {
        this.spans = spans;
        this.clock = clock;
        this.metrics = metrics;
    }

    /** Of all calls of one attempt. */
    ToolContext context(ClaimedTask task, Tool<?> tool, @Nullable String trace) {
        return new ToolContext(
                task.tenant(),
                task.requestedBy(),
                task.uid().toString(),
                clock.instant().plus(tool.spec().timeout()),
                trace);
    }

    <P extends Record> Uni<ToolResult> read(Tool.Reading<P> tool, P parameters, ToolContext context) {
        return call(tool, "read", context, ToolResult::word, within(tool, inside -> tool.read(parameters, inside)));
    }

    <P extends Record, T extends Record> Uni<Identified<T>> identify(
            Changing<P, T> tool, P parameters, ToolContext context) {
        return call(tool, "identify", context, ToolCalls::word, inside -> tool.identify(parameters, inside));
    }

    <P extends Record, T extends Record> Uni<ToolResult> apply(
            Tool.Guarded<P, T> tool, P parameters, T target, ToolContext context) {
        return call(
                tool,
                "apply",
                context,
                ToolResult::word,
                within(tool, inside -> tool.apply(parameters, target, inside)));
    }

    <P extends Record, T extends Record> Uni<ToolResult> fire(
            Tool.OneShot<P, T> tool, P parameters, T target, ToolContext context) {
        return call(
                tool, "fire", context, ToolResult::word, within(tool, inside -> tool.fire(parameters, target, inside)));
    }

    <P extends Record, T extends Record> Uni<Settlement> settle(
            Changing<P, T> tool, P parameters, T target, ToolContext context) {
        return call(tool, "settle", context, ToolCalls::word, inside -> tool.settle(parameters, target, inside));
    }

    private <R> Uni<R> call(
            Tool<?> tool,
            String step,
            ToolContext context,
            Function<R, String> word,
            Function<ToolContext, Uni<R>> work) {
        var name = tool.spec().name();
        return spans.during("execute_tool " + name, Trail.under(context.traceparent()), span -> {
            span.tell("gen_ai.operation.name", "execute_tool")
                    .tell("gen_ai.tool.name", name)
                    .tell("infraai.tool.kind", kind(tool))
                    .tell("infraai.tool.step", step);
            var inside = new ToolContext(
                    context.tenant(), context.actor(), context.correlationId(), context.deadline(), span.traceparent());
            var start = System.nanoTime();
            return work.apply(inside).invoke(result -> {
                var outcome = word.apply(result);
                span.tell("infraai.outcome", outcome);
                metrics.timer("infraai_tool_calls", "tool", name, "step", step, "outcome", outcome)
                        .record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
            });
        });
    }

    private static Function<ToolContext, Uni<ToolResult>> within(
            Tool<?> tool, Function<ToolContext, Uni<ToolResult>> call) {
        var limit = tool.spec().timeout();
        return context -> call.apply(context)
                .ifNoItem()
                .after(limit)
                .recoverWithItem(new Failed(
                        FailureReason.TIMED_OUT,
                        "No answer within " + limit.toSeconds() + " s; it may have been done"));
    }

    private static String kind(Tool<?> tool) {
        return switch (tool) {
            case Tool.Reading<?> _ -> "reading";
            case Tool.Guarded<?, ?> _ -> "guarded";
            case Tool.OneShot<?, ?> _ -> "one_shot";
        };
    }

    private static String word(Identified<?> identified) {
        return switch (identified) {
            case Identified.Found<?> _ -> "found";
            case Identified.NotFound<?>(var failure) -> failure.word();
        };
    }

    private static String word(Settlement settlement) {
        return switch (settlement) {
            case Settlement.Happened _ -> "happened";
            case Settlement.NeverHappened _ -> "never_happened";
            case Settlement.StillUnknown _ -> "still_unknown";
        };
    }
}
