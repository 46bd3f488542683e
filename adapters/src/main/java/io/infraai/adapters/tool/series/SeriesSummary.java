package io.infraai.adapters.tool.series;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** A series over time in a few words: what a reader takes from a graph. */
public final class SeriesSummary {

    private static final String BARS = "▁▂▃▄▅▆▇█";
    private static final int WIDTH = 40;

    /** A line from bottom to top differs by two thirds of its spread between its first and its last third. */
    private static final double NOTABLE = 0.25;

    private static final double NEGLIGIBLE = 0.01;

    private final List<Sample> samples;
    private final double[] finite;
    private final double min;
    private final double max;

    private SeriesSummary(List<Sample> samples) {
        this.samples = samples;
        this.finite = samples.stream()
                .mapToDouble(Sample::number)
                .filter(Double::isFinite)
                .toArray();
        this.min = Arrays.stream(finite).min().orElse(0);
        this.max = Arrays.stream(finite).max().orElse(0);
    }

    /**
     * What is told of one series of a range.
     *
     * @param told says which series it is, and is completed
     * @param samples oldest first
     */
    public static ObjectNode of(ObjectNode told, List<Sample> samples, double start, double end) {
        return new SeriesSummary(samples).complete(told, start, end);
    }

    private ObjectNode complete(ObjectNode told, double start, double end) {
        told.put("points", samples.size());
        if (samples.isEmpty()) {
            return told;
        }
        told.put("first", samples.getFirst().text())
                .put("last", samples.getLast().text());
        if (finite.length > 0) {
            told.put("min", rounded(min))
                    .put("max", rounded(max))
                    .put("average", rounded(mean(0, finite.length)))
                    .put("trend", trend());
        }
        if (finite.length < samples.size()) {
            told.put("not_finite", samples.size() - finite.length);
        }
        return told.put("sparkline", sparkline(start, end));
    }

    /**
     * Rising or falling when the mean of the last third differs from that of the first by more than a quarter of the spread,
     * and the spread is more than a hundredth of the largest value.
     */
    private String trend() {
        var third = Math.max(1, finite.length / 3);
        var spread = max - min;
        var largest = Math.max(Math.abs(min), Math.abs(max));
        var change = mean(finite.length - third, finite.length) - mean(0, third);
        if (spread <= NEGLIGIBLE * largest || Math.abs(change) <= NOTABLE * spread) {
            return "flat";
        }
        return change > 0 ? "rising" : "falling";
    }

    /** Lowest to highest from left to right in time; a gap where there was no value. */
    private String sparkline(double start, double end) {
        var width = Math.min(WIDTH, samples.size());
        var sums = new double[width];
        var counts = new int[width];
        for (var sample : samples) {
            if (Double.isFinite(sample.number())) {
                var place = end <= start ? 0 : (int) ((sample.at() - start) / (end - start) * width);
                var inside = Math.clamp(place, 0, width - 1);
                sums[inside] += sample.number();
                counts[inside]++;
            }
        }
        return IntStream.range(0, width)
                .mapToObj(i -> counts[i] == 0 ? " " : bar(sums[i] / counts[i]))
                .collect(Collectors.joining());
    }

    private String bar(double value) {
        var spread = max - min;
        var height = spread == 0 ? 0 : (int) Math.round((value - min) / spread * (BARS.length() - 1));
        return BARS.substring(height, height + 1);
    }

    private double mean(int from, int to) {
        var sum = 0.0;
        for (int i = from; i < to; i++) {
            sum += finite[i] / (to - from);
        }
        return sum;
    }

    private static BigDecimal rounded(double value) {
        return new BigDecimal(value).round(new MathContext(6)).stripTrailingZeros();
    }
}
