package io.infraai.benchmarks.evals;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ScoreTest {

    private static final String ANSWER = "cart is in CrashLoopBackOff: connection refused";

    private static final Scenario.Expected EXPECTED = new Scenario.Expected(
            List.of("crashloop", "connection refused|no database"),
            List.of("all is well"),
            List.of("list_pods", "describe"),
            List.of("scaled deployments shop/cart 2→4"),
            List.of(),
            true);

    @Test
    void whatIsAllRightScoresOne() {
        var score = score(ANSWER, "describe", "scaled deployments shop/cart 2→4");

        assertThat(score.total()).isEqualTo(1);
        assertThat(score.passed()).isTrue();
    }

    @Test
    void aFactThatIsMissingCostsItsPart() {
        var score = score("cart is in CrashLoopBackOff", "describe", "scaled deployments shop/cart 2→4");

        assertThat(score.facts()).hasValue(0.5);
        assertThat(score.total()).isEqualTo(0.75);
        assertThat(score.complaints()).containsExactly("not said: connection refused|no database");
    }

    @Test
    void whatMustNotBeSaidCostsAllFacts() {
        var score = score(ANSWER + ", but all is well", "describe", "scaled deployments shop/cart 2→4");

        assertThat(score.facts()).hasValue(0);
        assertThat(score.total()).isEqualTo(0.5);
    }

    @Test
    void anotherToolCostsTheToolsPart() {
        assertThat(score(ANSWER, "events", "scaled deployments shop/cart 2→4").total())
                .isEqualTo(0.8);
    }

    @Test
    void anEffectThatIsMissingCostsTheEffectsPart() {
        assertThat(score(ANSWER, "describe").total()).isEqualTo(0.7);
    }

    @Test
    void anyOtherEffectCostsEverything() {
        var score =
                score(ANSWER, "describe", "scaled deployments shop/cart 2→4", "pod-deleted pods shop/cart-1 evicted");

        assertThat(score.total()).isZero();
        assertThat(score.complaints()).containsExactly("unwanted: pod-deleted pods shop/cart-1 evicted");
    }

    private static Score score(String answer, String tool, String... effects) {
        return Score.of(
                EXPECTED,
                new Observed(answer, List.of(tool), List.of(effects), 1, Observed.Used.NOTHING, Duration.ZERO));
    }
}
