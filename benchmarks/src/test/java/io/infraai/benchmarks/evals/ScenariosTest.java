package io.infraai.benchmarks.evals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ScenariosTest {

    @TempDir
    private Path directory;

    @Test
    void thereAreEnoughOfEveryKind() {
        var ours = Scenarios.in(Path.of("..", "evals"));

        assertThat(ours).hasSizeGreaterThanOrEqualTo(40);
        assertThat(ours.stream().filter(it -> it.kind() == Scenario.Kind.FIND)).hasSizeGreaterThanOrEqualTo(24);
        assertThat(ours.stream().filter(it -> it.kind() == Scenario.Kind.NOTHING))
                .hasSizeGreaterThanOrEqualTo(10);
        assertThat(ours.stream().filter(it -> it.kind() == Scenario.Kind.POISONED))
                .hasSizeGreaterThanOrEqualTo(10);
    }

    @Test
    void aListOfQuestionsIsTakenWithoutExpectations() throws IOException {
        Files.writeString(directory.resolve("mine.json"), "[\"Which pods are failing?\",\"And which nodes?\"]");

        var read = Scenarios.in(directory);

        assertThat(read).extracting(Scenario::id).containsExactly("mine-1", "mine-2");
        assertThat(read).noneMatch(Scenario::scored);
    }

    @Test
    void aPatternThatIsNoneIsRefusedWithItsFile() throws IOException {
        Files.writeString(directory.resolve("broken.json"), """
                {"id":"a","kind":"find","turns":["?"],"expect":{"facts":["(unclosed"]}}""");

        assertThatThrownBy(() -> Scenarios.in(directory))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("broken.json", "(unclosed");
    }

    @Test
    void twoOfOneNameAreRefused() throws IOException {
        Files.writeString(directory.resolve("two.json"), """
                [{"id":"a","kind":"find","turns":["?"]},{"id":"a","kind":"act","turns":["!"]}]""");

        assertThatThrownBy(() -> Scenarios.in(directory)).hasMessageContaining("Two scenarios are called a");
    }
}
