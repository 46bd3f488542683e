package io.infraai.engine.model;

/**
 * What an answer took.
 *
 * @param tokensIn as the provider counts them; estimated when it doesn't say
 * @param tokensOut the same
 * @param costMicros millionths of the currency in which prices are configured
 */
public record Usage(int tokensIn, int tokensOut, long costMicros) {

    public static final Usage NONE = new Usage(0, 0, 0);

    public Usage {
        if (tokensIn < 0 || tokensOut < 0 || costMicros < 0) {
            throw new IllegalArgumentException("Usage is never negative, unlike " + tokensIn + ", " + tokensOut
                    + " tokens and " + costMicros + " micros");
        }
    }

    public Usage plus(Usage other) {
        return new Usage(tokensIn + other.tokensIn, tokensOut + other.tokensOut, costMicros + other.costMicros);
    }
}
