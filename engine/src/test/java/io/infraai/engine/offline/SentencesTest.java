package io.infraai.engine.offline;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.infraai.policies.ActionPlanner;
import io.infraai.policies.Planned;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

class SentencesTest {

    private record Case(String sentence, String expected) {}

    private static final List<Case> CASES = read();

    @Test
    void everySentenceOfTheTableIsUnderstood() {
        var misunderstood = new ArrayList<String>();
        for (var each : CASES) {
            var next = Talk.first(each.sentence());
            var actual = next.hasToolExecutionRequests() ? Talk.calls(next) : "? " + next.text();
            var right = each.expected().startsWith("? ")
                    ? !next.hasToolExecutionRequests()
                            && actual.contains(each.expected().substring(2))
                    : same(each.expected(), actual);
            if (!right) {
                misunderstood.add("\n" + each.sentence() + "\n  wanted " + each.expected() + "\n  got    "
                        + actual.lines().findFirst().orElse(""));
            }
        }

        assertThat(misunderstood)
                .as(misunderstood.size() + " of " + CASES.size())
                .isEmpty();
    }

    @Test
    void theTableHoldsMoreThanAHundredAndTwentySentences() {
        assertThat(CASES).hasSizeGreaterThan(120);
    }

    @Test
    void everyCallPassesTheSchemaOfItsTool() {
        var planner =
                new ActionPlanner(name -> Optional.ofNullable(Catalogue.tools().get(name)), Set.of());
        for (var each : CASES) {
            var next = Talk.first(each.sentence());
            if (next.hasToolExecutionRequests()) {
                next.toolExecutionRequests()
                        .forEach(request -> assertThat(planner.plan(request.name(), Talk.object(request.arguments())))
                                .as(each.sentence() + ": " + request)
                                .isInstanceOf(Planned.Ready.class));
            }
        }
    }

    @Test
    void shoutingAndFullStopsChangeNothing() {
        for (var each : List.of(
                "RESTART POD web-0 IN shop!", "Restart pod web-0 in shop.", "  restart   pod\tweb-0 in shop ")) {
            assertThat(Talk.calls(Talk.first(each)))
                    .isEqualTo("restart_pod {\"pod_name\":\"web-0\",\"namespace\":\"shop\"}");
        }
    }

    @Test
    void namesAreNeverCorrected() {
        assertThat(Talk.calls(Talk.first("logs of pod evnts in nodse")))
                .isEqualTo("pod_logs {\"pod_name\":\"evnts\",\"namespace\":\"nodse\"}");
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

    private static List<Case> read() {
        var cases = new ArrayList<Case>();
        try (var lines = new BufferedReader(new InputStreamReader(
                requireNonNull(SentencesTest.class.getResourceAsStream("/offline-sentences.txt")),
                StandardCharsets.UTF_8))) {
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
