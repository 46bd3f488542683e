package io.infraai.adapters.vmware;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Supplier;

import io.smallrye.faulttolerance.api.Guard;
import io.smallrye.mutiny.Uni;
import org.eclipse.microprofile.faulttolerance.exceptions.BulkheadException;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;

import io.infraai.contracts.tool.Settlement;
import io.infraai.contracts.tool.Tool.Identified;
import io.infraai.contracts.tool.Tool.Identified.Found;
import io.infraai.contracts.tool.Tool.Identified.NotFound;
import io.infraai.contracts.tool.ToolContext;
import io.infraai.contracts.tool.ToolResult;
import io.infraai.contracts.tool.ToolResult.Failed;

import static io.infraai.contracts.tool.FailureReason.HELD_BACK;
import static io.infraai.contracts.tool.FailureReason.TIMED_OUT;

/** Carries blocking calls to virtual threads, within the server's bounds, and makes failures results: once for all tools. */
final class VmwareCalls {

    /** For whom, and until when by {@link System#nanoTime()}. */
    private record Current(String task, long end) {}

    private static final ScopedValue<Current> CURRENT = ScopedValue.newInstance();
    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final VmwareConfig config;
    private final Clock clock;
    private final Guard bounds;

    VmwareCalls(VmwareConfig config, Clock clock) {
        this.config = config;
        this.clock = clock;
        this.bounds = Guard.create()
                .withBulkhead()
                .limit(config.concurrency())
                .queueSize(config.waiting())
                .done()
                .withCircuitBreaker()
                .requestVolumeThreshold(config.breakerFailures())
                .failureRatio(1.0)
                .delay(config.breakerDelay().toMillis(), ChronoUnit.MILLIS)
                .when(failure -> failure instanceof VimFailure vim && vim.blamesTheServer())
                .done()
                .build();
    }

    /** Of the call that this thread makes; a short time outside of one, at the shutdown. */
    static Duration timeLeft() {
        return CURRENT.isBound() ? Duration.ofNanos(CURRENT.get().end() - System.nanoTime()) : FAREWELL;
    }

    static String task() {
        return CURRENT.isBound() ? CURRENT.get().task().replaceAll("[^A-Za-z0-9-]", "-") : "none";
    }

    Uni<ToolResult> result(ToolContext context, Supplier<ToolResult> call) {
        return off(context, call, failed -> failed);
    }

    <T extends Record> Uni<Identified<T>> identified(ToolContext context, Supplier<T> call) {
        return off(context, () -> new Found<>(call.get()), NotFound::new);
    }

    Uni<Settlement> settled(ToolContext context, Supplier<Settlement> call) {
        return off(context, call, failed -> new Settlement.StillUnknown(failed.message()));
    }

    /** For what is sent only once: its traces may need a moment to show, and nobody looks again later. */
    Uni<Settlement> settledInTime(ToolContext context, Supplier<Settlement> call) {
        return settledUntil(clock.instant().plus(config.settleTime()), context, call);
    }

    private Uni<Settlement> settledUntil(Instant end, ToolContext context, Supplier<Settlement> call) {
        return settled(context, call).chain(settlement -> switch (settlement) {
            case Settlement.Happened happened -> Uni.createFrom().item(happened);
            case Settlement.NeverHappened never -> Uni.createFrom().item(never);
            case Settlement.StillUnknown unknown ->
                clock.instant().plus(config.pollInterval()).isAfter(end)
                        ? Uni.createFrom().item(unknown)
                        : pause().chain(() -> settledUntil(end, context, call));
        });
    }

    <R> Uni<R> off(ToolContext context, Supplier<R> call, Function<Failed, R> failure) {
        return bounds.get(() -> onVirtualThread(context, call), VmwareCalls.<Uni<R>>uniType())
                .onFailure(VmwareCalls::foreseen)
                .recoverWithItem(e -> failure.apply(failed(e)));
    }

    /**
     * After a request was taken: looks until there is something to say, each time in a lane of its own. A look that fails
     * leaves open what became of the request, whatever it failed of.
     */
    Uni<ToolResult> until(ToolContext context, Supplier<Optional<ToolResult>> look, String late) {
        return off(context, look, failed -> Optional.of(new Failed(TIMED_OUT, late + ": " + failed.message())))
                .chain(said -> said.map(result -> Uni.createFrom().item(result))
                        .orElseGet(() -> lookAgain(context, look, late)));
    }

    private Uni<ToolResult> lookAgain(ToolContext context, Supplier<Optional<ToolResult>> look, String late) {
        return clock.instant().plus(config.pollInterval()).isAfter(context.deadline())
                ? Uni.createFrom().item(new Failed(TIMED_OUT, late))
                : pause().chain(() -> until(context, look, late));
    }

    private Uni<Void> pause() {
        return Uni.createFrom().voidItem().onItem().delayIt().by(config.pollInterval());
    }

    private <R> Uni<R> onVirtualThread(ToolContext context, Supplier<R> call) {
        return Uni.createFrom()
                .item(() -> ScopedValue.where(CURRENT, current(context)).call(call::get))
                .runSubscriptionOn(threads);
    }

    private Current current(ToolContext context) {
        return new Current(
                context.correlationId(),
                System.nanoTime() + config.callTimeout().toNanos());
    }

    @SuppressWarnings("unchecked")
    private static <U> Class<U> uniType() {
        return (Class<U>) Uni.class;
    }

    private static boolean foreseen(Throwable failure) {
        return failure instanceof VimFailure
                || failure instanceof BulkheadException
                || failure instanceof CircuitBreakerOpenException;
    }

    private static Failed failed(Throwable failure) {
        return switch (failure) {
            case CircuitBreakerOpenException _ ->
                new Failed(HELD_BACK, "The VMware server failed several times in a row; its circuit breaker is open");
            case BulkheadException _ -> new Failed(HELD_BACK, "Too many calls wait for the VMware server");
            case VimFailure e -> e.failed();
            default -> throw new IllegalStateException("Not a foreseen failure", failure);
        };
    }
}
