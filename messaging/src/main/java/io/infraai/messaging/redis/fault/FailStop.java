package io.infraai.messaging.redis.fault;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.common.annotation.Identifier;

/** Ends the channel at the first failure; the entry stays pending and the application is no longer live. */
@ApplicationScoped
@Identifier(FailStop.NAME)
public class FailStop implements FailureStrategy {

    /** The value of the attribute {@code failure-strategy}. */
    public static final String NAME = "fail";

    @Override
    public Verdict judge(FailedDelivery delivery) {
        return Verdict.STOP;
    }
}
