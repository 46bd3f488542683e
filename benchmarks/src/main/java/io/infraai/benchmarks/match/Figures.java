package io.infraai.benchmarks.match;

import java.util.Arrays;

/** What was measured, smallest first. */
final class Figures {

    private final double[] sorted;

    private Figures(double[] sorted) {
        this.sorted = sorted;
    }

    static Figures of(double[] measured) {
        var sorted = measured.clone();
        Arrays.sort(sorted);
        return new Figures(sorted);
    }

    double min() {
        return sorted[0];
    }

    double median() {
        return quantile(0.5);
    }

    double max() {
        return sorted[sorted.length - 1];
    }

    double quantile(double share) {
        return sorted[(int) Math.min(sorted.length - 1L, Math.round(share * (sorted.length - 1)))];
    }
}
