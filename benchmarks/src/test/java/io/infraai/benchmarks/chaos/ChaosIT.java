package io.infraai.benchmarks.chaos;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.infraai.benchmarks.chaos.Evidence.Fate;
import io.infraai.benchmarks.chaos.Evidence.Made;
import io.infraai.benchmarks.chaos.Evidence.Sent;
import io.infraai.benchmarks.chaos.Evidence.Task;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A short run on the packaged services, and its evidence with what would be wrong planted into it. It takes a minute, and {@code
 * KillTest} of the suite kills the same services at chosen moments; so it runs with the lab.
 */
@Tag("lab")
class ChaosIT {

    private static Evidence evidence;

    @BeforeAll
    static void run() {
        evidence = Chaos.run(Path.of(".."), new Options(40, 4, 5));
    }

    @Test
    void nothingIsLostDoubledOrStuck() {
        assertThat(Checker.verdict(evidence).findings()).isEmpty();
        assertThat(evidence.sent()).hasSize(40).allMatch(Sent::taken);
        assertThat(evidence.effects()).hasSizeGreaterThan(30);
    }

    @Test
    void anEffectThatIsTakenOutIsMissed() {
        var fewer = new ArrayList<>(evidence.effects());
        fewer.removeFirst();

        assertThat(Checker.verdict(with(fewer, evidence.fates())).lost()).hasSize(1);
    }

    @Test
    void anEffectThatIsPutInIsNoticed() {
        var more = new ArrayList<>(evidence.effects());
        more.add(more.getFirst());

        assertThat(Checker.verdict(with(more, evidence.fates())).doubled()).hasSize(1);
    }

    @Test
    void anEpisodeThatIsTakenOutIsMissed() {
        var fewer = new ArrayList<>(evidence.fates());
        fewer.remove(done());

        assertThat(Checker.verdict(with(evidence.effects(), fewer)).lost()).hasSize(1);
    }

    @Test
    void aTaskThatGoesOnRunningIsNoticed() {
        var fates = evidence.fates().stream()
                .map(fate -> fate.alert().equals(done().alert()) ? running(fate) : fate)
                .toList();

        assertThat(Checker.verdict(with(evidence.effects(), fates)).stuck()).hasSize(1);
    }

    private static Fate done() {
        return evidence.fates().stream()
                .filter(fate -> fate.task().filter(Task::done).isPresent())
                .findFirst()
                .orElseThrow();
    }

    private static Fate running(Fate fate) {
        return new Fate(
                fate.alert(),
                fate.episode(),
                false,
                fate.decision(),
                fate.task().map(task -> new Task(task.uid(), "running", "", task.attempts(), task.crashes())));
    }

    private static Evidence with(List<Made> effects, List<Fate> fates) {
        return new Evidence(
                evidence.sent(), fates, effects, evidence.entries(), evidence.chained(), evidence.refusals());
    }
}
