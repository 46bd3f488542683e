package io.infraai.contracts.chat;

import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Why a turn ended without an answer. */
public enum TurnFailure {
    /** No configured model answered. */
    MODEL_UNAVAILABLE,
    /** What the model wrote couldn't be used, also after it was told so. */
    MODEL_CONFUSED,
    /** A limit of the turn was reached: steps, tool calls, tokens, money, time. */
    BUDGET_EXHAUSTED,
    /** The user's tokens for today are used up. */
    QUOTA_EXHAUSTED,
    CANCELLED,
    /** The key that the user asked with was revoked or expired meanwhile. */
    ACCESS_ENDED,
    /** The engines that worked on it died, several times. */
    ABANDONED,
    INTERNAL;

    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * @throws IllegalArgumentException when there is no such reason
     */
    @JsonCreator
    public static TurnFailure of(String wire) {
        return valueOf(wire.toUpperCase(Locale.ROOT));
    }
}
