package io.infraai.contracts.policy;

import java.time.Duration;

/**
 * Bounds on one policy's automatic actions.
 *
 * @param cooldown rest between two actions of the policy on one target
 * @param perTargetPerDay most actions of all policies on one target within 24 hours
 * @param maxAge a task that could not start for this long is expired
 */
public record Limits(Duration cooldown, int perTargetPerDay, Duration maxAge) {

    public static final Limits DEFAULT = new Limits(Duration.ofMinutes(10), 5, Duration.ofMinutes(15));
}
