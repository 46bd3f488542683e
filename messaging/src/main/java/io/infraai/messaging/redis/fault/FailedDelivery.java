package io.infraai.messaging.redis.fault;

/**
 * An entry that could not be handled.
 *
 * @param channel the channel it was delivered on
 * @param stream the stream it was read from
 * @param entryId its id there
 * @param deliveries how often it has been delivered, this time included
 * @param maxDeliveries how often it may be delivered
 * @param reason why it could not be handled
 */
public record FailedDelivery(
        String channel, String stream, String entryId, long deliveries, long maxDeliveries, Throwable reason) {}
