package io.infraai.contracts.chat;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * What models were asked for.
 *
 * @param costMicros in millionths of the currency that the models' prices are configured in
 */
@JsonNaming(SnakeCaseStrategy.class)
public record Usage(long tokensIn, long tokensOut, long costMicros) {

    public static final Usage NONE = new Usage(0, 0, 0);

    public Usage plus(Usage other) {
        return new Usage(tokensIn + other.tokensIn, tokensOut + other.tokensOut, costMicros + other.costMicros);
    }

    public long tokens() {
        return tokensIn + tokensOut;
    }
}
