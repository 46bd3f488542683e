package io.infraai.messaging.redis.fault;

/**
 * Decides what becomes of an entry that could not be handled. A strategy is a bean with an
 * {@link io.smallrye.common.annotation.Identifier}; channels name it in the attribute {@code failure-strategy}, so that an
 * application can add its own.
 */
@FunctionalInterface
public interface FailureStrategy {

    /** Called on the event loop of the channel: must not block. */
    Verdict judge(FailedDelivery delivery);
}
