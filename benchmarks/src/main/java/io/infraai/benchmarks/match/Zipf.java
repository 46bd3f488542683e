package io.infraai.benchmarks.match;

import java.util.Arrays;
import java.util.Random;

/** Draws small numbers often and large ones seldom, as names are in real fleets. */
final class Zipf {

    private final double[] cumulated;

    Zipf(int size, double exponent) {
        cumulated = new double[size];
        double sum = 0;
        for (int i = 0; i < size; i++) {
            sum += 1 / Math.pow(i + 1, exponent);
            cumulated[i] = sum;
        }
        for (int i = 0; i < size; i++) {
            cumulated[i] /= sum;
        }
    }

    int draw(Random random) {
        int at = Arrays.binarySearch(cumulated, random.nextDouble());
        return at >= 0 ? at : Math.min(-at - 1, cumulated.length - 1);
    }
}
