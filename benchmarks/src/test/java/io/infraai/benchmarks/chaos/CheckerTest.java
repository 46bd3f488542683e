package io.infraai.benchmarks.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.infraai.benchmarks.chaos.Evidence.Entry;
import io.infraai.benchmarks.chaos.Evidence.Fate;
import io.infraai.benchmarks.chaos.Evidence.Made;
import io.infraai.benchmarks.chaos.Evidence.Sent;
import io.infraai.benchmarks.chaos.Evidence.Task;

import static org.assertj.core.api.Assertions.assertThat;

/** What would be wrong is planted into evidence of what is right, and must be found. */
class CheckerTest {

    private static final Fate DONE = fate("a", "e-1", task("t-1", "done"));

    private final List<Sent> sent = new ArrayList<>(List.of(
            new Sent("a", "web", true, false), new Sent("b", "db-0", true, true), new Sent("c", "cart", true, false)));
    private final List<Fate> fates = new ArrayList<>(
            List.of(DONE, fate("b", "e-2", task("t-2", "cancelled")), fate("c", "e-3", task("t-3", "done"))));
    private final List<Made> effects = new ArrayList<>(List.of(new Made("t-1", "web"), new Made("t-3", "cart")));
    private final List<Entry> entries = new ArrayList<>(List.of(new Entry("t-1", "done"), new Entry("t-3", "done")));
    private final List<String> refusals = new ArrayList<>();
    private boolean chained = true;

    @Test
    void aRunInWhichAllWentWellHolds() {
        assertThat(verdict().findings()).isEmpty();
        assertThat(verdict().holds()).isTrue();
        assertThat(verdict().line())
                .isEqualTo("0 lost, 0 doubled, 0 stuck, 0 unhealed, 0 unaudited, 0 refused for good");
    }

    @Test
    void whatResolvedBeforeAnythingWasDecidedIsNotLost() {
        fates.set(1, new Fate("b", "e-2", false, "suppressed: The alert resolved meanwhile", Optional.empty()));

        assertThat(verdict().holds()).isTrue();
    }

    @Test
    void whatHasNoEpisodeIsLost() {
        fates.remove(DONE);
        effects.removeFirst();
        entries.removeFirst();

        assertThat(verdict().lost()).containsExactly("a was accepted and there is no episode of it");
        assertThat(verdict().holds()).isFalse();
    }

    @Test
    void whatWasDecidedWithoutATaskIsLost() {
        fates.set(0, new Fate("a", "e-1", false, "rejected: no value", Optional.empty()));

        assertThat(verdict().lost()).containsExactly("a was accepted and there is no task for it: rejected: no value");
    }

    @Test
    void whatSaysThatItIsDoneAndIsNotIsLost() {
        effects.removeFirst();

        assertThat(verdict().lost()).containsExactly("a is done and the cluster knows nothing of it");
    }

    @Test
    void whatATaskDidTwiceIsDoubled() {
        effects.add(new Made("t-1", "web"));

        assertThat(verdict().doubled()).containsExactly("a was acted on 2 times");
        assertThat(verdict().holds()).isFalse();
    }

    @Test
    void whatATaskDidToTwoTargetsIsDoubled() {
        effects.add(new Made("t-1", "web-1"));

        assertThat(verdict().doubled()).containsExactly("a was acted on 2 times");
    }

    @Test
    void whatTwoTasksDidToOneTargetIsDoubled() {
        effects.add(new Made("t-9", "web"));

        assertThat(verdict().doubled()).containsExactly("a was acted on 2 times");
    }

    @Test
    void anAlertWithTwoEpisodesIsDoubledWhateverWasDone() {
        fates.add(fate("a", "e-9", task("t-9", "cancelled")));

        assertThat(verdict().doubled()).containsExactly("a has 2 episodes and 2 tasks");
    }

    @ParameterizedTest
    @ValueSource(strings = {"queued", "running", "held", "awaiting_approval"})
    void whatHasNotEndedIsStuck(String state) {
        fates.set(0, fate("a", "e-1", task("t-1", state)));

        assertThat(verdict().stuck()).containsExactly("a is " + state + ": why");
        assertThat(verdict().holds()).isFalse();
    }

    @Test
    void whatNobodyDecidedAboutIsStuck() {
        fates.set(0, new Fate("a", "e-1", true, "", Optional.empty()));

        assertThat(verdict().stuck()).containsExactly("a is undecided");
    }

    @Test
    void whatWasNeverAcceptedIsStuck() {
        sent.add(new Sent("d", "api", false, false));

        assertThat(verdict().stuck()).containsExactly("d was never answered with 200");
    }

    @ParameterizedTest
    @ValueSource(strings = {"failed", "in_doubt", "dead", "expired", "cancelled"})
    void whatEndedOtherwiseThanDoneWhileItsAlertFiresIsUnhealed(String state) {
        fates.set(0, fate("a", "e-1", task("t-1", state)));

        assertThat(verdict().unhealed()).containsExactly("a is " + state + ": why");
        assertThat(verdict().holds()).isFalse();
    }

    @Test
    void anEffectThatTheAuditLogDoesNotTellOfIsFound() {
        entries.removeFirst();

        assertThat(verdict().unaudited()).containsExactly("the effect of task t-1 isn't in the audit log");
        assertThat(verdict().holds()).isFalse();
    }

    @Test
    void anEffectThatTheAuditLogTellsOfTwiceIsFound() {
        entries.add(new Entry("t-1", "done"));

        assertThat(verdict().unaudited()).containsExactly("the audit log tells of task t-1 2 times");
    }

    @Test
    void anEffectThatOnlyTheAuditLogKnowsOfIsFound() {
        entries.add(new Entry("t-2", "done"));

        assertThat(verdict().unaudited())
                .containsExactly("the audit log tells of an effect of task t-2 that the cluster knows nothing of");
    }

    @Test
    void aChainThatDoesNotHoldIsFound() {
        chained = false;

        assertThat(verdict().unaudited()).containsExactly("the audit log's chain doesn't hold");
    }

    @Test
    void anAnswerAfterWhichNobodyTriesAgainIsFound() {
        refusals.add("401 who are you");

        assertThat(verdict().refused()).containsExactly("401 who are you");
        assertThat(verdict().holds()).isFalse();
    }

    private Verdict verdict() {
        return Checker.verdict(new Evidence(sent, fates, effects, entries, chained, refusals));
    }

    private static Fate fate(String alert, String episode, Task task) {
        return new Fate(alert, episode, false, "dispatched: matched", Optional.of(task));
    }

    private static Task task(String uid, String state) {
        return new Task(uid, state, "why", 1, 0);
    }
}
