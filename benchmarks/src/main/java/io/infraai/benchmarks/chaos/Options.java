package io.infraai.benchmarks.chaos;

import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;

/**
 * What the command line asks for.
 *
 * @param alerts each on a target of its own
 * @param seed decides which faults there are, in what order and when, and which alerts are repeated and resolved
 */
record Options(int alerts, int faults, long seed) {

    private static final int MOST_ALERTS = 10_000;
    private static final int MOST_FAULTS = 200;

    /**
     * @param chance the seed when none is asked for
     * @throws IllegalArgumentException with a sentence for the user
     */
    static Options parse(List<String> arguments, long chance) {
        var options = new Options(1_000, 20, chance);
        for (var words = arguments.iterator(); words.hasNext(); ) {
            options = switch (words.next()) {
                case "--alerts" ->
                    new Options((int) number("--alerts", words, 1, MOST_ALERTS), options.faults, options.seed);
                case "--faults" ->
                    new Options(options.alerts, (int) number("--faults", words, 0, MOST_FAULTS), options.seed);
                case "--seed" ->
                    new Options(options.alerts, options.faults, number("--seed", words, 0, Long.MAX_VALUE));
                case String other ->
                    throw new IllegalArgumentException(
                            "'" + other + "' is not an option of chaos; it knows --alerts N, --faults N and --seed S");
            };
        }
        return options;
    }

    private static long number(String option, Iterator<String> words, long least, long most) {
        var word = words.hasNext() ? words.next() : "";
        var number = number(word);
        if (number.isPresent() && number.getAsLong() >= least && number.getAsLong() <= most) {
            return number.getAsLong();
        }
        throw new IllegalArgumentException(
                option + " wants a whole number from " + least + " to " + most + ", not '" + word + "'");
    }

    private static OptionalLong number(String word) {
        try {
            return OptionalLong.of(Long.parseLong(word));
        } catch (NumberFormatException _) {
            return OptionalLong.empty();
        }
    }
}
