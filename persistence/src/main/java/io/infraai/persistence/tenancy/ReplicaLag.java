package io.infraai.persistence.tenancy;

import java.util.ArrayDeque;
import java.util.Deque;

import org.jspecify.annotations.Nullable;

/**
 * How old the replica's data may be: as old as the last look at the primary whose place in the log the replica has come to since. No
 * server's clock takes part, and a primary where nothing is written makes nobody late.
 */
final class ReplicaLag {

    /** Looks that the replica is yet to come to; beyond that it is far too late, and more of them wouldn't tell more. */
    private static final int MOST = 120;

    private final Deque<Mark> ahead = new ArrayDeque<>();
    private @Nullable Long caughtUpAt;

    /**
     * @param at when the primary was asked, in nanoseconds
     * @param place where its log ended
     */
    void written(long at, long place) {
        if (ahead.size() < MOST) {
            ahead.add(new Mark(at, place));
        }
    }

    /**
     * @param place how far the replica has come
     * @return since when it may lack something, in nanoseconds; null as long as it hasn't come to any place seen
     */
    @Nullable
    Long replayed(long place) {
        for (var next = ahead.peek(); next != null && next.place() <= place; next = ahead.peek()) {
            caughtUpAt = next.at();
            ahead.remove();
        }
        return caughtUpAt;
    }

    private record Mark(long at, long place) {}
}
