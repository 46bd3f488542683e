package io.infraai.messaging.redis.fault;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.common.annotation.Identifier;

/** Gives the entry up: the failure is logged and the entry acknowledged. */
@ApplicationScoped
@Identifier(IgnoreFailure.NAME)
public class IgnoreFailure implements FailureStrategy {

    /** The value of the attribute {@code failure-strategy}. */
    public static final String NAME = "ignore";

    @Override
    public Verdict judge(FailedDelivery delivery) {
        return Verdict.ACKNOWLEDGE;
    }
}
