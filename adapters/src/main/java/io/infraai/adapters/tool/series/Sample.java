package io.infraai.adapters.tool.series;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One value of a series.
 *
 * @param at in seconds since 1970
 * @param text as Prometheus writes it, {@code +Inf} and {@code NaN} included
 */
public record Sample(double at, String text) {

    /** From the pair of a time and a text. */
    public static Sample of(JsonNode pair) {
        return new Sample(pair.path(0).asDouble(), pair.path(1).asText("NaN"));
    }

    public double number() {
        return switch (text) {
            case "+Inf", "Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }
}
