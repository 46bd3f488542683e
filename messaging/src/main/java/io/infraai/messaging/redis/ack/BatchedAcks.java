package io.infraai.messaging.redis.ack;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import io.vertx.core.Future;

/**
 * Collects the acknowledgements which arrive while earlier ones are on their way, so that a busy channel sends few commands with
 * many ids and a quiet one sends each at once.
 *
 * <p>Not thread-safe: to be used on the context of one channel only.
 */
public final class BatchedAcks {

    private final Function<List<String>, Future<?>> sender;
    private List<String> waiting = new ArrayList<>();
    private boolean sending;

    /**
     * @param sender sends the ids and completes once Redis has confirmed them; trying again is its business, a failure is taken as
     *     final
     */
    public BatchedAcks(Function<List<String>, Future<?>> sender) {
        this.sender = sender;
    }

    /** Acknowledges an entry with this batch or the next. */
    public void add(String entryId) {
        waiting.add(entryId);
        flush();
    }

    /** Whether Redis has confirmed everything that was added. */
    public boolean isIdle() {
        return !sending && waiting.isEmpty();
    }

    private void flush() {
        if (sending || waiting.isEmpty()) {
            return;
        }
        var batch = waiting;
        waiting = new ArrayList<>();
        sending = true;
        sender.apply(batch).onComplete(sent -> {
            sending = false;
            flush();
        });
    }
}
