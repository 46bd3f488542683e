package io.infraai.engine.offline;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.infraai.policies.ActionPlanner;
import io.infraai.policies.Planned;

import static org.assertj.core.api.Assertions.assertThat;

class SentencesTest {

    private static final List<SentenceTable.Case> CASES = Stream.of("/offline-sentences.txt", "/offline-on-call.txt")
            .flatMap(table -> SentenceTable.read(table).stream())
            .toList();

    @Test
    void everySentenceOfTheTableIsUnderstood() {
        var misunderstood =
                CASES.stream().flatMap(each -> each.complaint().stream()).toList();

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
}
