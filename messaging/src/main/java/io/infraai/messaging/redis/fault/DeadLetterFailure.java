package io.infraai.messaging.redis.fault;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.common.annotation.Identifier;

/** Writes the entry to the dead letters at its first failure. */
@ApplicationScoped
@Identifier(DeadLetterFailure.NAME)
public class DeadLetterFailure implements FailureStrategy {

    /** The value of the attribute {@code failure-strategy}. */
    public static final String NAME = "dead-letter";

    @Override
    public Verdict judge(FailedDelivery delivery) {
        return Verdict.DEAD_LETTER;
    }
}
