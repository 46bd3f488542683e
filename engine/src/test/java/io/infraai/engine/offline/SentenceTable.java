package io.infraai.engine.offline;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/** Tables of sentences with what shall follow from each. */
final class SentenceTable {

    private SentenceTable() {}

    /**
     * @param expected calls, or a question mark and a part of what is said
     */
    record Case(String sentence, String expected) {

        /** What is wrong with what follows; empty when nothing is. */
        Optional<String> complaint() {
            var next = Talk.first(sentence);
            var actual = next.hasToolExecutionRequests() ? Talk.calls(next) : "? " + next.text();
            var right = expected.startsWith("? ")
                    ? !next.hasToolExecutionRequests() && actual.contains(expected.substring(2))
                    : same(expected, actual);
            return right
                    ? Optional.empty()
                    : Optional.of("\n" + sentence + "\n  wanted " + expected + "\n  got    "
                            + actual.lines().findFirst().orElse(""));
        }
    }

    private static boolean same(String expected, String actual) {
        var wanted = expected.split(" & ", -1);
        var got = actual.split(" & ", -1);
        if (wanted.length != got.length) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            if (!tool(wanted[i]).equals(tool(got[i]))
                    || !got[i].contains("{")
                    || !Talk.tree(arguments(wanted[i])).equals(Talk.tree(arguments(got[i])))) {
                return false;
            }
        }
        return true;
    }

    private static String tool(String call) {
        return call.substring(0, Math.max(0, call.indexOf(' ')));
    }

    private static String arguments(String call) {
        return call.substring(call.indexOf(' ') + 1);
    }

    static List<Case> read(String resource) {
        var cases = new ArrayList<Case>();
        try (var lines = new BufferedReader(new InputStreamReader(
                requireNonNull(SentenceTable.class.getResourceAsStream(resource)), StandardCharsets.UTF_8))) {
            lines.lines()
                    .filter(line -> !line.startsWith("#") && !line.isBlank())
                    .map(line -> line.split(" => ", 2))
                    .forEach(parts -> cases.add(new Case(parts[0], parts[1])));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return cases;
    }
}
