package io.infraai.benchmarks.evals;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * What the command line asks for.
 *
 * @param model the name under which {@code infraai.models} describes it
 * @param cases a file or a directory
 * @param json where the results are written, too
 * @param only a part of the ids of the scenarios that are run
 */
record Options(String model, Path cases, Optional<Path> json, String only) {

    private static final Options DEFAULTS = new Options("offline", Path.of("evals"), Optional.empty(), "");

    /** @throws IllegalArgumentException with a sentence for the user */
    static Options parse(List<String> arguments) {
        var options = DEFAULTS;
        for (var words = arguments.iterator(); words.hasNext(); ) {
            options = switch (words.next()) {
                case "--model" -> new Options(value("--model", words), options.cases, options.json, options.only);
                case "--cases" ->
                    new Options(options.model, Path.of(value("--cases", words)), options.json, options.only);
                case "--json" ->
                    new Options(
                            options.model, options.cases, Optional.of(Path.of(value("--json", words))), options.only);
                case "--only" -> new Options(options.model, options.cases, options.json, value("--only", words));
                case String other ->
                    throw new IllegalArgumentException(
                            "'" + other
                                    + "' is not an option of evals; it knows --model NAME, --cases DIR, --json FILE and --only PART");
            };
        }
        return options;
    }

    private static String value(String option, Iterator<String> words) {
        if (!words.hasNext()) {
            throw new IllegalArgumentException(option + " wants a value");
        }
        return words.next();
    }
}
