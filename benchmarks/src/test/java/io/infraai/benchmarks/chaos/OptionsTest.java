package io.infraai.benchmarks.chaos;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class OptionsTest {

    @Test
    void whatIsNotAskedForIsAThousandAlertsAndTwentyFaultsAtRandom() {
        assertThat(Options.parse(List.of(), 7)).isEqualTo(new Options(1_000, 20, 7));
    }

    @Test
    void everyNumberCanBeAskedFor() {
        assertThat(Options.parse(List.of("--seed", "42", "--alerts", "10000", "--faults", "0"), 7))
                .isEqualTo(new Options(10_000, 0, 42));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--alerts 0",
                "--alerts 10001",
                "--alerts many",
                "--alerts",
                "--faults -1",
                "--faults 201",
                "--seed -1",
                "--seed 99999999999999999999"
            })
    void whatIsOutOfBoundsIsRefusedWithTheBounds(String arguments) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Options.parse(List.of(arguments.split(" ")), 7))
                .withMessageMatching("--(alerts|faults|seed) wants a whole number from \\d+ to \\d+, not '.*'");
    }

    @Test
    void whatIsNoOptionIsRefusedWithThoseThatAre() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Options.parse(List.of("--alert", "5"), 7))
                .withMessage("'--alert' is not an option of chaos; it knows --alerts N, --faults N and --seed S");
    }
}
