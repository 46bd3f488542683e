package io.infraai.messaging.redis;

import java.util.Map;

/** An entry from when it is read until it is settled. Confined to the context of its channel. */
final class Delivery {

    private final Entry entry;
    private final long count;
    private long touchedAt;
    private boolean settled;

    /**
     * @param count how often the entry has been delivered, this time included
     * @param now when Redis last noted the delivery, in {@link System#nanoTime} terms
     */
    Delivery(Entry entry, long count, long now) {
        this.entry = entry;
        this.count = count;
        this.touchedAt = now;
    }

    String id() {
        return entry.id();
    }

    Map<String, String> fields() {
        return entry.fields();
    }

    long count() {
        return count;
    }

    void touch(long now) {
        touchedAt = now;
    }

    boolean isUntouchedSince(long moment) {
        return touchedAt - moment < 0;
    }

    /** False when it was settled before, which a message may be only once. */
    boolean settle() {
        var first = !settled;
        settled = true;
        return first;
    }
}
