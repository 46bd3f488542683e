package io.infraai.persistence.task;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.infraai.contracts.remediation.Approval;
import io.infraai.contracts.remediation.ApprovalState;
import io.infraai.contracts.remediation.Task;
import io.infraai.persistence.task.TaskApproval.Answer;
import io.infraai.persistence.task.TaskApproval.Filter;
import io.infraai.persistence.task.TaskApproval.Voice;

import static io.infraai.contracts.remediation.TaskState.*;
import static io.infraai.persistence.tenancy.Database.await;
import static io.infraai.persistence.tenancy.Database.awaitAll;
import static org.assertj.core.api.Assertions.assertThat;

/** Who answers a request, in which order, and in time or not. */
class ApprovalAnswersTest {

    private final Tasks tasks = Tasks.fresh();

    @Test
    void ofManyWhoApproveAtOnceOneCounts() {
        var task = tasks.requestedWith(1, "web-0", "anna");
        var approval = tasks.asked(task);

        var answers = awaitAll(IntStream.range(0, 8)
                .mapToObj(i -> tasks.approval.approve(tasks.tenant, approval, new Voice("p" + i, null), true))
                .toList());

        assertThat(answers).filteredOn(Answer.Counted.class::isInstance).hasSize(1);
        assertThat(answers)
                .filteredOn(Answer.NotOpen.class::isInstance)
                .hasSize(7)
                .allSatisfy(late -> {
                    var closed = (Answer.NotOpen) late;
                    assertThat(closed.now()).isEqualTo(ApprovalState.APPROVED);
                    assertThat(closed.by())
                            .contains(byId(approval).votes().getFirst().by());
                    assertThat(closed.at()).isPresent();
                });
        assertThat(byId(approval).votes()).hasSize(1);
        assertThat(tasks.state(task)).isEqualTo(QUEUED);
    }

    @Test
    void ofOneWhoApprovesAndOneWhoRejectsTheSecondHearsWhoWasFirst() {
        var approval = tasks.asked(tasks.requestedWith(1, "web-0", "anna"));

        var answers = awaitAll(List.of(
                tasks.approval.approve(tasks.tenant, approval, new Voice("ben", null), true),
                tasks.approval.reject(tasks.tenant, approval, new Voice("carla", null))));

        var decided = byId(approval);
        assertThat(decided.votes()).hasSize(1);
        assertThat(answers).filteredOn(Answer.Counted.class::isInstance).hasSize(1);
        assertThat(answers)
                .filteredOn(Answer.NotOpen.class::isInstance)
                .containsExactly(new Answer.NotOpen(
                        decided.state(),
                        Optional.of(decided.votes().getFirst().by()),
                        Optional.ofNullable(decided.decidedAt())));
    }

    @Test
    void oneRejectionCancelsTheTaskWithItsReason() {
        var task = tasks.requestedWith(1, "web-0", "anna");
        var approval = tasks.asked(task);

        var answer = await(tasks.approval.reject(tasks.tenant, approval, new Voice("ben", "not now")));

        assertThat(answer).isInstanceOf(Answer.Counted.class);
        assertThat(byId(approval).state()).isEqualTo(ApprovalState.REJECTED);
        assertThat(tasks.state(task)).isEqualTo(CANCELLED);
        assertThat(tasks.task(task).reason()).isEqualTo("Rejected by ben: not now");
        assertThat(approve(approval, "carla"))
                .isEqualTo(new Answer.NotOpen(
                        ApprovalState.REJECTED,
                        Optional.of("ben"),
                        Optional.ofNullable(byId(approval).decidedAt())));
    }

    @Test
    void whatNobodyAnswersInTimeExpires() {
        var swept = tasks.requestedWith(1, "web-0", "anna");
        tasks.ask(tasks.claimed(swept), Duration.ZERO);
        await(tasks.sweep.endStale(500));

        assertThat(tasks.task(swept).reason()).isEqualTo("Nobody approved it in time");
        assertThat(tasks.task(swept).approval()).extracting(Task.Asked::state).isEqualTo(ApprovalState.EXPIRED);

        var late = tasks.requestedWith(1, "web-1", "anna");
        tasks.ask(tasks.claimed(late), Duration.ZERO);
        assertThat(approve(open().id(), "ben")).isEqualTo(Answer.NotOpen.byNobody(ApprovalState.EXPIRED));
        assertThat(tasks.state(late)).isEqualTo(EXPIRED);
    }

    @Test
    void theTargetAsItWasObservedAndTheDryRunAreShownWithTheRequest() {
        var task = tasks.requestedWith(1, "web-0", "anna");
        var approval = byId(tasks.asked(task));

        assertThat(String.valueOf(approval.dryRun())).isEqualTo("{\"result\":\"accepted\"}");
        assertThat(String.valueOf(approval.evidence())).isEqualTo("{\"observed\":{\"phase\":\"Running\"}}");
        assertThat(String.valueOf(
                        Objects.requireNonNull(tasks.task(task).approval()).dryRun()))
                .isEqualTo("{\"result\":\"accepted\"}");
    }

    private Answer approve(long approval, String by) {
        return await(tasks.approval.approve(tasks.tenant, approval, new Voice(by, null), true));
    }

    private Approval byId(long id) {
        return await(tasks.approval.byId(tasks.tenant, id)).orElseThrow();
    }

    private Approval open() {
        return await(tasks.approval.find(tasks.tenant, new Filter(Set.of(ApprovalState.OPEN), Optional.empty(), 10)))
                .getFirst();
    }
}
