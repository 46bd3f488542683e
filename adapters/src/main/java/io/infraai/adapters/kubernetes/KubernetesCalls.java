package io.infraai.adapters.kubernetes;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Supplier;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.smallrye.faulttolerance.api.Guard;
import io.smallrye.mutiny.Uni;
import org.eclipse.microprofile.faulttolerance.exceptions.BulkheadException;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;

import io.infraai.contracts.tool.FailureReason;
import io.infraai.contracts.tool.ToolContext;
import io.infraai.contracts.tool.ToolResult.Failed;

/**
 * Carries blocking client calls to virtual threads, within one cluster's bounds, and reads the API server's codes as
 * {@link FailureReason}s: once for all tools.
 */
final class KubernetesCalls {

    /** What the client says for a code when there was no HTTP answer. */
    private static final int NO_ANSWER = -1;

    private static final int LONGEST_MESSAGE = 1_000;

    private static final ScopedValue<String> TASK = ScopedValue.newInstance();

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Guard bounds;

    KubernetesCalls(KubernetesConfig config) {
        this.bounds = Guard.create()
                .withBulkhead()
                .limit(config.concurrency())
                .queueSize(config.waiting())
                .done()
                .withCircuitBreaker()
                .requestVolumeThreshold(config.breakerFailures())
                .failureRatio(1.0)
                .delay(config.breakerDelay().toMillis(), ChronoUnit.MILLIS)
                .when(KubernetesCalls::blamesTheCluster)
                .done()
                .build();
    }

    static Optional<String> currentTask() {
        return TASK.isBound() ? Optional.of(TASK.get()) : Optional.empty();
    }

    <R> Uni<R> off(ToolContext context, Supplier<R> call, Function<Failed, R> failure) {
        return bounds.get(() -> onVirtualThread(context, call), KubernetesCalls.<Uni<R>>uniType())
                .onFailure(KubernetesCalls::foreseen)
                .recoverWithItem(e -> failure.apply(failed(e)));
    }

    private <R> Uni<R> onVirtualThread(ToolContext context, Supplier<R> call) {
        return Uni.createFrom()
                .item(() -> ScopedValue.where(TASK, context.correlationId()).call(call::get))
                .runSubscriptionOn(threads);
    }

    @SuppressWarnings("unchecked")
    private static <U> Class<U> uniType() {
        return (Class<U>) Uni.class;
    }

    private static boolean foreseen(Throwable failure) {
        return failure instanceof KubernetesClientException
                || failure instanceof BulkheadException
                || failure instanceof CircuitBreakerOpenException;
    }

    private static boolean blamesTheCluster(Throwable failure) {
        return failure instanceof KubernetesClientException e && (e.getCode() <= 0 || e.getCode() >= 500);
    }

    private static Failed failed(Throwable failure) {
        return switch (failure) {
            case CircuitBreakerOpenException _ ->
                new Failed(
                        FailureReason.HELD_BACK,
                        "The cluster failed several times in a row; its circuit breaker is open");
            case BulkheadException _ -> new Failed(FailureReason.HELD_BACK, "Too many calls wait for this cluster");
            case KubernetesClientException e -> answered(e);
            default -> throw new IllegalStateException("Not a foreseen failure", failure);
        };
    }

    private static Failed answered(KubernetesClientException e) {
        return switch (e.getCode()) {
            case NO_ANSWER, 0 -> neverAnswered(e);
            case 401, 403 -> new Failed(FailureReason.NOT_PERMITTED, said(e));
            case 404, 410 -> new Failed(FailureReason.TARGET_NOT_FOUND, said(e));
            case 409, 412 -> new Failed(FailureReason.TARGET_CHANGED, said(e));
            case 429 -> new Failed(FailureReason.REFUSED_FOR_NOW, said(e));
            default ->
                e.getCode() >= 500
                        // an API server that fails may have stored the change before
                        ? new Failed(FailureReason.TIMED_OUT, "The API server answered " + e.getCode() + ": " + said(e))
                        : new Failed(FailureReason.INVALID_PARAMETERS, said(e));
        };
    }

    private static Failed neverAnswered(KubernetesClientException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException
                    || cause instanceof UnknownHostException
                    || cause instanceof NoRouteToHostException) {
                return new Failed(FailureReason.UNREACHABLE, "The API server can't be reached: " + cause.getMessage());
            }
        }
        return new Failed(FailureReason.TIMED_OUT, "The API server gave no usable answer: " + said(e));
    }

    private static String bounded(String message) {
        return message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE) + "…";
    }

    /** The server's own sentence without the client's wrapping, which repeats URLs. */
    private static String said(KubernetesClientException e) {
        var status = e.getStatus();
        var message = status != null && status.getMessage() != null ? status.getMessage() : e.getMessage();
        return message == null
                ? e.getClass().getSimpleName()
                : message.lines().findFirst().map(KubernetesCalls::bounded).orElse("");
    }
}
