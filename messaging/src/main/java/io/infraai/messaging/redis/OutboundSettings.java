package io.infraai.messaging.redis;

import org.eclipse.microprofile.config.Config;

/**
 * The attributes of one outgoing channel, checked.
 *
 * @param maxLength about how many entries to keep; 0 to keep all
 */
record OutboundSettings(
        String channel, String stream, int maxInFlight, long maxLength, boolean healthEnabled, boolean tracingEnabled) {

    static OutboundSettings of(Config config) {
        var attributes = Attributes.of(config);
        return new OutboundSettings(
                attributes.channel(),
                attributes.mandatoryText("stream"),
                attributes.atLeastOne("max-in-flight", Attributes.MAX_IN_FLIGHT),
                attributes.notNegative("max-length", Attributes.MAX_LENGTH),
                attributes.enabled("health-enabled"),
                attributes.enabled("tracing-enabled"));
    }
}
