package io.infraai.benchmarks.evals;

import java.time.Duration;
import java.util.List;

/**
 * What came of a scenario.
 *
 * @param answer the replies of all turns, or why there were none
 * @param tools those that were called, in order
 * @param effects as {@link World#effects()} tells them
 * @param approvals how often a person was asked
 * @param took from the questions to their answers
 */
record Observed(String answer, List<String> tools, List<String> effects, int approvals, Used used, Duration took) {

    /**
     * What models were asked for.
     *
     * @param costMicros in millionths of the currency that prices are configured in
     */
    record Used(long tokensIn, long tokensOut, long costMicros) {

        static final Used NOTHING = new Used(0, 0, 0);

        Used plus(Used other) {
            return new Used(tokensIn + other.tokensIn, tokensOut + other.tokensOut, costMicros + other.costMicros);
        }
    }
}
