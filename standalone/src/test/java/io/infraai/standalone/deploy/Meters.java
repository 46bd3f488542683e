package io.infraai.standalone.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The metrics that the modules' sources register, under the names that Prometheus sees; and those in a PromQL expression. */
final class Meters {

    private static final Pattern COUNTER = Pattern.compile("\\.counter\\(\\s*\"([^\"]+)\"");
    private static final Pattern TIMER = Pattern.compile("\\.timer\\(\\s*\"([^\"]+)\"");
    private static final Pattern GAUGE = Pattern.compile("Gauge\\.builder\\(\\s*\"([^\"]+)\"");

    /** Where one class gives all its counters a prefix. */
    private static final Pattern PREFIX = Pattern.compile("Counter\\.builder\\(\"([^\"]+)\" \\+ name\\)");

    private static final Pattern PREFIXED = Pattern.compile("= counter\\(\"([^\"]+)\"");

    private static final Pattern NO_METRICS =
            Pattern.compile("\\{[^}]*}|\"[^\"]*\"|\\[[^]]*]|\\b(?:by|without|on|ignoring) *\\([^)]*\\)");

    private static final Pattern WORD = Pattern.compile("\\b[a-zA-Z_:][a-zA-Z0-9_:]*");

    private static final Set<String> PROMQL =
            Set.of("sum", "max", "rate", "increase", "and", "or", "unless", "offset", "vector");

    private Meters() {}

    static Set<String> registered() {
        var names = new TreeSet<String>();
        try (var modules = Files.list(Path.of(".."))) {
            for (var sources : modules.map(module -> module.resolve("src/main/java"))
                    .filter(Files::isDirectory)
                    .toList()) {
                try (var files = Files.walk(sources)) {
                    files.filter(file -> file.toString().endsWith(".java"))
                            .forEach(file -> names.addAll(in(read(file))));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return names;
    }

    /** Of one source. */
    static Set<String> in(String source) {
        var names = new HashSet<String>();
        found(COUNTER, source).forEach(name -> names.add(name + "_total"));
        found(GAUGE, source).forEach(names::add);
        found(TIMER, source)
                .forEach(name ->
                        Stream.of("_count", "_sum", "_max").forEach(suffix -> names.add(name + "_seconds" + suffix)));
        found(PREFIX, source)
                .forEach(prefix -> found(PREFIXED, source).forEach(name -> names.add(prefix + name + "_total")));
        return names;
    }

    /** What an expression asks for. */
    static Set<String> asked(String expression) {
        var names = new TreeSet<String>();
        var words = WORD.matcher(NO_METRICS.matcher(expression).replaceAll(" "));
        while (words.find()) {
            if (!PROMQL.contains(words.group())) {
                names.add(words.group());
            }
        }
        return names;
    }

    private static Stream<String> found(Pattern pattern, String source) {
        return pattern.matcher(source).results().map(match -> match.group(1).replace('.', '_'));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
