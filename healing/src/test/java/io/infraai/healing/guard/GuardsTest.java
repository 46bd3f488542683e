package io.infraai.healing.guard;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.infraai.contracts.policy.Limits;
import io.infraai.contracts.policy.Outcome;
import io.infraai.persistence.task.TaskCreation;
import io.infraai.persistence.task.TaskCreation.Proposal;
import io.infraai.persistence.task.TaskCreation.TargetHistory;

import static org.assertj.core.api.Assertions.assertThat;

class GuardsTest {

    private static final Limits LIMITS = new Limits(Duration.ofMinutes(10), 5, Duration.ofMinutes(15));

    private final Guards guards = new Guards(List.of(new Pause(), new Cooldown(), new DailyLimit()));

    @Test
    void aTargetWithoutAHistoryMayBeActedOn() {
        var verdict = judge(new TargetHistory(Optional.empty(), 0, false));

        assertThat(verdict.outcome()).isEqualTo(Outcome.DISPATCHED);
        assertThat(verdict.reason()).isEqualTo("restart_pod on k8s:default/shop/pod/web-0");
    }

    @Test
    void aTargetRestsBetweenTwoActions() {
        var verdict = judge(new TargetHistory(Optional.of(Duration.ofSeconds(599)), 1, false));

        assertThat(verdict.outcome()).isEqualTo(Outcome.SUPPRESSED);
        assertThat(verdict.reason()).contains("cooling down", "599 s ago", "600 s");
    }

    @Test
    void aRestedTargetMayBeActedOnAgain() {
        var verdict = judge(new TargetHistory(Optional.of(Duration.ofMinutes(10)), 1, false));

        assertThat(verdict.outcome()).isEqualTo(Outcome.DISPATCHED);
    }

    @Test
    void aTargetThatWasHealedTooOftenWantsAPerson() {
        var verdict = judge(new TargetHistory(Optional.empty(), 5, false));

        assertThat(verdict.outcome()).isEqualTo(Outcome.SUPPRESSED);
        assertThat(verdict.reason()).contains("the limit is 5", "a person");
    }

    @Test
    void aPauseHoldsWhatWouldAct() {
        var verdict = judge(new TargetHistory(Optional.empty(), 0, true));

        assertThat(verdict.outcome()).isEqualTo(Outcome.HELD);
    }

    @Test
    void aRefusalOutweighsAPause() {
        var verdict = judge(new TargetHistory(Optional.of(Duration.ZERO), 0, true));

        assertThat(verdict.outcome()).isEqualTo(Outcome.SUPPRESSED);
    }

    private TaskCreation.Verdict judge(TargetHistory history) {
        var proposal = new Proposal(
                1, 1, Outcome.DISPATCHED, "restart_pod on k8s:default/shop/pod/web-0", null, LIMITS, false);
        return guards.judge(proposal, history);
    }
}
