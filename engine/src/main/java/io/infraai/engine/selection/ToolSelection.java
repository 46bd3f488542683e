package io.infraai.engine.selection;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.infraai.contracts.tool.ToolDescription;

/**
 * Chooses the tools that a message is most likely about, since a model that is told of hundreds chooses badly and costs much.
 * By BM25 over names, descriptions and parameters: plain counting, the same for the same question. Safe for many threads.
 */
public final class ToolSelection {

    /** How soon repeated words stop counting more, and how much long texts are held back: what Lucene uses. */
    private static final double SATURATION = 1.2;

    private static final double LENGTH = 0.75;

    /** A name says more of a tool than a sentence about it, and a parameter less. */
    private static final int TIMES_NAME = 3;

    private static final int TIMES_DESCRIPTION = 2;

    /** A message may carry a pasted log; its beginning says what is wanted. */
    private static final int READ_OF_MESSAGE = 4_000;

    /**
     * @param counts how often each term occurs
     */
    private record Text(ToolDescription tool, Map<String, Integer> counts, int length) {

        static Text of(ToolDescription tool) {
            var counts = new HashMap<String, Integer>();
            Terms.of(tool.name()).forEach(term -> counts.merge(term, TIMES_NAME, Integer::sum));
            Terms.of(tool.description()).forEach(term -> counts.merge(term, TIMES_DESCRIPTION, Integer::sum));
            tool.inputSchema()
                    .path("properties")
                    .fieldNames()
                    .forEachRemaining(name -> Terms.of(name).forEach(term -> counts.merge(term, 1, Integer::sum)));
            return new Text(
                    tool,
                    counts,
                    counts.values().stream().mapToInt(Integer::intValue).sum());
        }
    }

    /** What is known of all tools, whatever is asked: read once for as long as they are the same. */
    private record Read(List<ToolDescription> tools, List<Text> texts, double average) {

        static Read of(List<ToolDescription> tools) {
            var texts = tools.stream().map(Text::of).toList();
            return new Read(
                    tools,
                    texts,
                    texts.stream().mapToInt(Text::length).average().orElse(1));
        }
    }

    private volatile Read read = Read.of(List.of());

    private record Ranked(ToolDescription tool, boolean used, double score) {}

    /**
     * The most fitting first, after those that the conversation used already. All of them when there are no more than are
     * wanted.
     *
     * @param message what the user asks now
     * @param usedBefore names of tools that were called in the conversation
     * @param most how many may be told of
     */
    public List<ToolDescription> select(List<ToolDescription> all, String message, Set<String> usedBefore, int most) {
        var known = read(all);
        var texts = known.texts();
        var asked = new HashSet<>(Terms.asked(message.substring(0, Math.min(message.length(), READ_OF_MESSAGE))));
        var weights = weights(texts, asked);
        return texts.stream()
                .map(text -> new Ranked(
                        text.tool(), usedBefore.contains(text.tool().name()), score(text, weights, known.average())))
                .sorted(Comparator.comparing(Ranked::used)
                        .thenComparingDouble(Ranked::score)
                        .reversed()
                        .thenComparing(ranked -> ranked.tool().name()))
                .limit(most)
                .map(Ranked::tool)
                .toList();
    }

    private Read read(List<ToolDescription> all) {
        var known = read;
        if (!known.tools().equals(all)) {
            known = Read.of(all);
            read = known;
        }
        return known;
    }

    /** What is in few texts tells them apart. */
    private static Map<String, Double> weights(List<Text> texts, Set<String> asked) {
        var weights = new HashMap<String, Double>();
        for (var term : asked) {
            var holding = texts.stream()
                    .filter(text -> text.counts().containsKey(term))
                    .count();
            if (holding > 0) {
                weights.put(term, Math.log(1 + (texts.size() - holding + 0.5) / (holding + 0.5)));
            }
        }
        return weights;
    }

    private static double score(Text text, Map<String, Double> weights, double average) {
        var score = 0.0;
        for (var weight : weights.entrySet()) {
            var count = text.counts().getOrDefault(weight.getKey(), 0);
            var held = SATURATION * (1 - LENGTH + LENGTH * text.length() / average);
            score += weight.getValue() * count * (SATURATION + 1) / (count + held);
        }
        return score;
    }
}
