package io.infraai.benchmarks.drain;

import java.util.OptionalLong;

/**
 * How many replicas KEDA's two triggers, and the autoscaler behind them, ask for: each figure by its target, rounded up, and of
 * the two the larger.
 *
 * @param lagCount entries nobody has read, for each worker
 * @param pendingEntriesCount entries read and not acknowledged, for each worker
 */
record Keda(int lagCount, int pendingEntriesCount, int least, int most) {

    /** As the chart has them. */
    static final Keda OF_THE_CHART = new Keda(500, 48, 2, 10);

    /**
     * @param lag none where Redis doesn't know it: KEDA then takes the trigger for inactive
     */
    int replicas(OptionalLong lag, long pending) {
        var asked = Math.max(Math.ceilDiv(lag.orElse(0), lagCount), Math.ceilDiv(pending, (long) pendingEntriesCount));
        return Math.toIntExact(Math.clamp(asked, least, most));
    }
}
