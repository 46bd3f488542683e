package io.infraai.messaging.redis;

import java.time.Duration;
import java.util.Optional;

import io.quarkus.runtime.configuration.DurationConverter;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.reactive.messaging.spi.ConnectorFactory;
import org.jspecify.annotations.Nullable;

/**
 * Reads the attributes of one channel; what is wrong with a value is told with its channel and attribute. By hand, because the
 * annotation processor that makes such classes can't be used in a build in which warnings are errors.
 */
record Attributes(Config config, String channel) {

    static final String BATCH_SIZE = "128";
    static final String BLOCK = "1s";
    static final String MAX_IN_FLIGHT = "256";
    static final String CLAIM_IDLE = "30s";
    static final String MAX_DELIVERIES = "5";
    static final String FAILURE_STRATEGY = "retry";
    static final String MAX_LENGTH = "100000";

    static Attributes of(Config config) {
        return new Attributes(config, config.getValue(ConnectorFactory.CHANNEL_NAME_ATTRIBUTE, String.class));
    }

    Optional<String> text(String attribute) {
        var value = config.getOptionalValue(attribute, String.class);
        if (value.filter(String::isBlank).isPresent()) {
            throw invalid(attribute, "must not be blank", null);
        }
        return value;
    }

    String mandatoryText(String attribute) {
        return text(attribute).orElseThrow(() -> invalid(attribute, "must be set", null));
    }

    String text(String attribute, String byDefault) {
        return text(attribute).orElse(byDefault);
    }

    int atLeastOne(String attribute, String byDefault) {
        return Math.toIntExact(between(attribute, byDefault, 1, Integer.MAX_VALUE));
    }

    long notNegative(String attribute, String byDefault) {
        return between(attribute, byDefault, 0, Long.MAX_VALUE);
    }

    boolean enabled(String attribute) {
        var value = text(attribute, "true");
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw invalid(attribute, "must be true or false, unlike '" + value + "'", null);
        };
    }

    Duration duration(String attribute, String byDefault) {
        return durationOf(attribute, text(attribute, byDefault));
    }

    Optional<Duration> duration(String attribute) {
        return text(attribute).map(value -> durationOf(attribute, value));
    }

    /** As ISO 8601 ({@code PT2S}) or short ({@code 2s}, {@code 500ms}). */
    private Duration durationOf(String attribute, String value) {
        Duration duration;
        try {
            duration = DurationConverter.parseDuration(value);
        } catch (IllegalArgumentException e) {
            throw invalid(attribute, "must be a duration such as 2s, unlike '" + value + "'", e);
        }
        if (duration.toMillis() < 1) {
            throw invalid(attribute, "must be at least 1ms, unlike '" + value + "'", null);
        }
        return duration;
    }

    private long between(String attribute, String byDefault, long least, long most) {
        var value = text(attribute, byDefault);
        long number;
        try {
            number = Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw invalid(attribute, "must be a whole number, unlike '" + value + "'", e);
        }
        if (number < least || number > most) {
            throw invalid(attribute, "must be between " + least + " and " + most + ", unlike " + value, null);
        }
        return number;
    }

    IllegalArgumentException invalid(String attribute, String problem, @Nullable Throwable cause) {
        return new IllegalArgumentException(
                "Attribute '" + attribute + "' of channel '" + channel + "' " + problem, cause);
    }
}
