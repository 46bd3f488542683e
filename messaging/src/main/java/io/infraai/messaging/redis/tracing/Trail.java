package io.infraai.messaging.redis.tracing;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Where a piece of work belongs: the W3C {@code traceparent} of what it is a part of, and of what it merely goes back to.
 *
 * @param parent none begins a trace
 * @param link another trace, or another place of this one, that led here
 */
public record Trail(@Nullable String parent, @Nullable String link) {

    /**
     * Collectors close a trace some minutes after its last span. What is taken up later, after an approval or an outage, would
     * be lost there, so it begins a trace of its own and links back.
     */
    static final Duration JOINED_WITHIN = Duration.ofMinutes(10);

    private static final int TRACE_FROM = 3;
    private static final int TRACE_TO = 35;

    /** A part of that, or a trace's beginning. */
    public static Trail under(@Nullable String parent) {
        return new Trail(parent, null);
    }

    /**
     * Of work that is stored and rung for. The bell tells where exactly in the trace it was rung; lost, or rung by a sweeper,
     * it tells nothing, and what is stored with the work stands in for it. A bell of another trace (an approval's) led here,
     * too.
     *
     * @param stored with the work
     * @param age of the work
     * @param rung the bell's
     */
    public static Trail of(@Nullable String stored, Duration age, @Nullable String rung) {
        if (stored == null) {
            return under(rung);
        }
        if (rung != null && isSameTrace(stored, rung)) {
            return under(rung);
        }
        return age.compareTo(JOINED_WITHIN) < 0 ? new Trail(stored, rung) : new Trail(rung, stored);
    }

    private static boolean isSameTrace(String one, String other) {
        return one.regionMatches(TRACE_FROM, other, TRACE_FROM, TRACE_TO - TRACE_FROM);
    }
}
