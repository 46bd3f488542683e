package io.infraai.gateway.chat;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;

import jakarta.enterprise.context.ApplicationScoped;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

import io.infraai.contracts.identity.Actor;
import io.infraai.contracts.identity.TenantId;
import io.infraai.gateway.problem.ErrorCode;
import io.infraai.gateway.problem.Problem;
import io.infraai.gateway.problem.ProblemException;

/** Counts the WebSockets and event streams that a user has open on this instance. */
@ApplicationScoped
class OpenStreams {

    private final ConcurrentMap<User, Integer> open = new ConcurrentHashMap<>();
    private final int most;

    private record User(TenantId tenant, String subject) {}

    OpenStreams(ChatConfig config, MeterRegistry meters) {
        this.most = config.streamsPerUser();
        Gauge.builder("infraai_chat_open_streams", open, OpenStreams::all)
                .description("WebSockets and event streams of the chat that are open")
                .register(meters);
    }

    private static double all(Map<User, Integer> open) {
        return open.values().stream().mapToInt(Integer::intValue).sum();
    }

    boolean isFull(Actor actor) {
        return open.getOrDefault(user(actor), 0) >= most;
    }

    /**
     * A place, and what gives it back; empty when the user has enough of them.
     */
    Optional<Runnable> enter(Actor actor) {
        var entered = new AtomicBoolean();
        open.compute(user(actor), (_, count) -> {
            var now = count == null ? 0 : count;
            entered.set(now < most);
            return now < most ? Integer.valueOf(now + 1) : count;
        });
        if (!entered.get()) {
            return Optional.empty();
        }
        return Optional.of(() -> {
            if (entered.compareAndSet(true, false)) {
                open.computeIfPresent(user(actor), (_, count) -> count == 1 ? null : Integer.valueOf(count - 1));
            }
        });
    }

    ProblemException full() {
        return Problem.of(
                        ErrorCode.TOO_MANY_STREAMS,
                        "A user may have " + most + " open at a time: close one that isn't needed any more")
                .withHeader("Retry-After", "10")
                .asException();
    }

    private static User user(Actor actor) {
        return new User(actor.tenant(), actor.subject());
    }
}
