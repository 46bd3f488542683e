package io.infraai.messaging.redis;

import java.time.Duration;
import java.util.Optional;

import org.eclipse.microprofile.config.Config;

/**
 * The attributes of one outgoing channel, checked.
 *
 * @param maxLength about how many entries to keep; 0 to keep all
 * @param expireAfter how long a stream outlives the last entry written to it; none: for ever
 */
record OutboundSettings(
        String channel,
        String stream,
        int maxInFlight,
        long maxLength,
        Optional<Duration> expireAfter,
        boolean healthEnabled,
        boolean tracingEnabled) {

    static OutboundSettings of(Config config) {
        var attributes = Attributes.of(config);
        return new OutboundSettings(
                attributes.channel(),
                attributes.mandatoryText("stream"),
                attributes.atLeastOne("max-in-flight", Attributes.MAX_IN_FLIGHT),
                attributes.notNegative("max-length", Attributes.MAX_LENGTH),
                attributes.duration("expire-after"),
                attributes.enabled("health-enabled"),
                attributes.enabled("tracing-enabled"));
    }
}
