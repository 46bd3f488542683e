package io.infraai.gateway.alerts;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.mutiny.subscription.UniEmitter;

import io.infraai.gateway.problem.Problem;
import io.infraai.gateway.request.CallerContext;

/** Lets so many bytes of webhooks in at once; others wait their turn, and not for long. */
final class IntakeGate {

    private static final int MOST_WAITING = 1_000;

    /** Parsed it is larger than it was, and even an empty one holds a transaction. */
    private static final long LEAST_WEIGHT = 256L * 1024;

    private final long room;
    private final Duration patience;
    private final Deque<Arrival> waiting = new ArrayDeque<>();
    private final ScheduledExecutorService timer = Infrastructure.getDefaultWorkerPool();
    private long taken;

    /**
     * @param caller the request's own context, since whoever makes room for it is another request
     */
    private record Arrival(long weight, UniEmitter<? super Boolean> emitter, Executor caller) {

        void answer(boolean placed) {
            caller.execute(() -> emitter.complete(placed));
        }
    }

    /**
     * @param room in bytes
     */
    IntakeGate(long room, Duration patience) {
        this.room = room;
        this.patience = patience;
    }

    /** Runs the work once there is room for it; fails with 503 when there is none in time. */
    <T> Uni<T> enter(long bytes, Supplier<Uni<? extends T>> work) {
        var weight = Math.max(bytes, LEAST_WEIGHT);
        return Uni.createFrom()
                .<Boolean>emitter(emitter -> place(new Arrival(weight, emitter, CallerContext.current())))
                .chain(placed ->
                        placed ? within(weight, work) : Uni.createFrom().failure(busy()));
    }

    private <T> Uni<T> within(long weight, Supplier<Uni<? extends T>> work) {
        return Uni.createFrom().<T>deferred(work).onTermination().invoke(() -> leave(weight));
    }

    private void place(Arrival arrival) {
        boolean placed;
        synchronized (waiting) {
            if (waiting.isEmpty() && fits(arrival)) {
                taken += arrival.weight();
                placed = true;
            } else if (waiting.size() >= MOST_WAITING) {
                placed = false;
            } else {
                waiting.add(arrival);
                timer.schedule(() -> giveUp(arrival), patience.toMillis(), TimeUnit.MILLISECONDS);
                return;
            }
        }
        arrival.emitter().complete(placed);
    }

    /** One that is larger than all the room goes alone. */
    private boolean fits(Arrival arrival) {
        return taken == 0 || taken + arrival.weight() <= room;
    }

    /** Only who still stands in line gives up: room that was given is never lost. */
    private void giveUp(Arrival arrival) {
        boolean stood;
        List<Arrival> next;
        synchronized (waiting) {
            stood = waiting.remove(arrival);
            next = admitted();
        }
        if (stood) {
            arrival.answer(false);
        }
        next.forEach(admitted -> admitted.answer(true));
    }

    private void leave(long weight) {
        List<Arrival> next;
        synchronized (waiting) {
            taken -= weight;
            next = admitted();
        }
        next.forEach(admitted -> admitted.answer(true));
    }

    /** Who stands first and fits; called with the lock held. */
    private List<Arrival> admitted() {
        List<Arrival> admitted = new ArrayList<>();
        for (var first = waiting.peek(); first != null && fits(first); first = waiting.peek()) {
            taken += first.weight();
            admitted.add(waiting.remove());
        }
        return admitted;
    }

    private static RuntimeException busy() {
        return Problem.unavailable("Too many webhooks at once").asException();
    }
}
