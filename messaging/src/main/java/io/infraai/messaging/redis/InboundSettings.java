package io.infraai.messaging.redis;

import java.time.Duration;
import java.util.Optional;

import org.eclipse.microprofile.config.Config;

/**
 * The attributes of one incoming channel, checked.
 *
 * @param group the consumer group; none to tail the stream
 */
record InboundSettings(
        String channel,
        String stream,
        Optional<String> group,
        String consumer,
        int batchSize,
        Duration block,
        int maxInFlight,
        Duration claimIdle,
        int maxDeliveries,
        String failureStrategy,
        boolean healthEnabled,
        boolean tracingEnabled) {

    static InboundSettings of(Config config, String defaultConsumer) {
        var attributes = Attributes.of(config);
        return new InboundSettings(
                attributes.channel(),
                attributes.mandatoryText("stream"),
                attributes.text("group"),
                attributes.text("consumer", defaultConsumer),
                attributes.atLeastOne("batch-size", Attributes.BATCH_SIZE),
                attributes.duration("block", Attributes.BLOCK),
                attributes.atLeastOne("max-in-flight", Attributes.MAX_IN_FLIGHT),
                attributes.duration("claim-idle", Attributes.CLAIM_IDLE),
                attributes.atLeastOne("max-deliveries", Attributes.MAX_DELIVERIES),
                attributes.text("failure-strategy", Attributes.FAILURE_STRATEGY),
                attributes.enabled("health-enabled"),
                attributes.enabled("tracing-enabled"));
    }

    /** Beside the stream, and in the same slot of a cluster if its name has braces. */
    String deadLetters() {
        return stream + ":dead";
    }
}
