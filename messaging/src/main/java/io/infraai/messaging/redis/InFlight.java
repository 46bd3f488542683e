package io.infraai.messaging.redis;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

import org.jspecify.annotations.Nullable;

/** The entries a channel has read and not settled, those still waiting for demand first. Confined to the context of its channel. */
final class InFlight {

    private final int limit;
    private final Map<String, Delivery> held = new LinkedHashMap<>();
    private final Queue<Delivery> waiting = new ArrayDeque<>();
    private int reserved;
    private int beingHandled;

    InFlight(int limit) {
        this.limit = limit;
    }

    /** Sets places aside for entries asked for: at most this many, none when all are taken. */
    int reserve(int wanted) {
        var granted = Math.max(0, Math.min(wanted, limit - held.size() - reserved));
        reserved += granted;
        return granted;
    }

    /** Takes in what came of places reserved. */
    void fill(int places, List<Delivery> deliveries) {
        reserved -= places;
        for (var delivery : deliveries) {
            held.put(delivery.id(), delivery);
            waiting.add(delivery);
        }
    }

    /** The next to be handed to the application. */
    @Nullable
    Delivery next() {
        var next = waiting.poll();
        if (next != null) {
            beingHandled++;
        }
        return next;
    }

    boolean hasWaiting() {
        return !waiting.isEmpty();
    }

    /** What was never handed over, no longer held. */
    List<Delivery> surrenderWaiting() {
        var unused = List.copyOf(waiting);
        waiting.clear();
        unused.forEach(each -> held.remove(each.id()));
        return unused;
    }

    /** Handled, though Redis may not know yet. */
    void handled() {
        beingHandled--;
    }

    /** Out of our hands. */
    void forget(String id) {
        held.remove(id);
    }

    boolean holds(String id) {
        return held.containsKey(id);
    }

    int size() {
        return held.size();
    }

    int beingHandled() {
        return beingHandled;
    }

    /** Those Redis hasn't heard of for so long, who count as heard of from now on. */
    List<String> touchOlderThan(long nanos) {
        var now = System.nanoTime();
        var touched = new ArrayList<String>();
        for (var delivery : held.values()) {
            if (delivery.isUntouchedSince(now - nanos)) {
                delivery.touch(now);
                touched.add(delivery.id());
            }
        }
        return touched;
    }
}
