package io.infraai.messaging.redis.fault;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.common.annotation.Identifier;

/** Leaves the entry pending for another delivery, until it has had as many as it may. */
@ApplicationScoped
@Identifier(RetryFailure.NAME)
public class RetryFailure implements FailureStrategy {

    /** The value of the attribute {@code failure-strategy}. */
    public static final String NAME = "retry";

    @Override
    public Verdict judge(FailedDelivery delivery) {
        return delivery.deliveries() >= delivery.maxDeliveries() ? Verdict.DEAD_LETTER : Verdict.LEAVE_PENDING;
    }
}
