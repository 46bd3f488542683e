package io.infraai.benchmarks.chaos;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

import io.infraai.benchmarks.loop.ServerProcess;

/** A service that is started again whenever it has ended, as a kubelet does. */
final class Supervised implements AutoCloseable {

    private static final Duration BETWEEN_STARTS = Duration.ofMillis(500);

    private final Supplier<ServerProcess> start;
    private ServerProcess process;
    private boolean over;

    Supervised(Supplier<ServerProcess> start) {
        this.start = start;
        this.process = start.get();
        Thread.ofVirtual().start(this::supervise);
    }

    private void supervise() {
        do {
            process().awaitEnd();
            LockSupport.parkNanos(BETWEEN_STARTS.toNanos());
        } while (startedAgain());
    }

    private synchronized boolean startedAgain() {
        if (!over) {
            process = start.get();
        }
        return !over;
    }

    private synchronized ServerProcess process() {
        return process;
    }

    /** Where its health is. */
    int port() {
        return process().port();
    }

    /** Waits for one that could be killed. */
    void kill() {
        alive().kill();
    }

    /** Waits for one that can be held; it goes on by itself, unless it was killed meanwhile. */
    void pause(Duration time, ScheduledExecutorService clock) {
        var held = held();
        clock.schedule(() -> goOn(held), time.toMillis(), TimeUnit.MILLISECONDS);
    }

    private ServerProcess held() {
        while (true) {
            var candidate = alive();
            try {
                candidate.hold();
                return candidate;
            } catch (IllegalStateException e) {
                if (candidate.isAlive()) {
                    throw e;
                }
            }
        }
    }

    private static void goOn(ServerProcess held) {
        try {
            held.goOn();
        } catch (IllegalStateException e) {
            if (held.isAlive()) {
                throw e;
            }
        }
    }

    private ServerProcess alive() {
        var candidate = process();
        while (!candidate.isAlive()) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            candidate = process();
        }
        return candidate;
    }

    @Override
    public synchronized void close() {
        over = true;
        process.kill();
    }
}
