package io.infraai.persistence.intake;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What is known of one alert key.
 *
 * @param seq counts its episodes; 0 while only a resolution was heard
 * @param open whether the newest episode is still known to fire
 * @param startsAt start of the newest episode, by the sender's clock
 * @param latestStart the latest start that was counted to it: twins differ
 * @param endedAt until when it is known to be over, by the sender's clock
 * @param lastSeen by the database's clock
 * @param closedAt by the database's clock
 */
record AlertState(
        int seq,
        boolean open,
        @Nullable Instant startsAt,
        @Nullable Instant latestStart,
        @Nullable Instant endedAt,
        Instant lastSeen,
        @Nullable Instant closedAt,
        int repeats,
        int flaps) {}
