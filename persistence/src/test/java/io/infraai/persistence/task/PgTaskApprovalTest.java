package io.infraai.persistence.task;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

import io.infraai.contracts.policy.Limits;
import io.infraai.contracts.policy.Outcome;
import io.infraai.contracts.remediation.Approval;
import io.infraai.contracts.remediation.ApprovalState;
import io.infraai.contracts.remediation.Task;
import io.infraai.persistence.policy.Policies;
import io.infraai.persistence.task.TaskApproval.Answer;
import io.infraai.persistence.task.TaskApproval.Filter;
import io.infraai.persistence.task.TaskApproval.Place;
import io.infraai.persistence.task.TaskApproval.Voice;
import io.infraai.persistence.task.TaskCreation.EpisodeDecisions;
import io.infraai.persistence.task.TaskCreation.Proposal;

import static io.infraai.contracts.remediation.TaskState.*;
import static io.infraai.persistence.task.Tasks.uid;
import static io.infraai.persistence.tenancy.Database.await;
import static org.assertj.core.api.Assertions.assertThat;

class PgTaskApprovalTest {

    private final Tasks tasks = Tasks.fresh();

    @Test
    void whatPeopleAreAskedIsTheTargetAsItWasFound() {
        var task = tasks.requestedWith(1, "web-0", "anna");
        var claim = tasks.claimed(task);

        assertThat(claim.mustAsk()).isTrue();
        assertThat(tasks.intend(claim)).as("nothing is sent unasked").isFalse();
        assertThat(tasks.ask(claim).state()).contains(AWAITING_APPROVAL);

        var shown = open();
        assertThat(shown.targetIdentity()).isEqualTo(uid("u-1"));
        assertThat(shown.sentence()).isEqualTo("Evict pod");
        assertThat(shown.tool()).isEqualTo("restart_pod");
        assertThat(shown.parameters().path("pod_name").asText()).isEqualTo("web-0");
        assertThat(String.valueOf(shown.undo())).contains("scale_deployment");
        assertThat(shown.requestedBy()).isEqualTo("anna");
        assertThat(Duration.between(shown.createdAt(), shown.expiresAt())).isEqualTo(Duration.ofMinutes(30));
        assertThat(tasks.task(task).approval()).extracting(Task.Asked::sentence).isEqualTo("Evict pod");
        assertThat(tasks.claim(task)).as("waits for people").isEmpty();
    }

    @Test
    void anApprovedTaskActsOnTheApprovedTargetAndOnceOnly() {
        var task = tasks.requestedWith(1, "web-0", "anna");
        var approval = tasks.asked(task);

        assertThat(approve(approval, "ben")).isInstanceOf(Answer.Counted.class);

        var claim = tasks.claimed(task);
        assertThat(claim.mustAsk()).isFalse();
        assertThat(claim.approvedTarget()).contains(uid("u-1"));
        assertThat(claim.attempt()).as("the look-up cost no attempt").isEqualTo(1);
        assertThat(await(tasks.execution.intend(claim, uid("u-2"))))
                .as("another target")
                .isFalse();
        assertThat(tasks.intend(claim)).isTrue();
        assertThat(byId(approval).usedAt()).isNotNull();
        tasks.finish(claim, FAILED);

        await(tasks.control.retry(tasks.tenant, task, "anna"));
        var again = tasks.claimed(task);
        assertThat(again.mustAsk()).as("an approval is used once").isTrue();
        assertThat(tasks.intend(again)).isFalse();
    }

    @Test
    void aWorkerThatDiesBetweenApprovalAndCallLeavesTheApprovalToTheNext() {
        var task = tasks.requestedWith(1, "web-0", "anna");
        approve(tasks.asked(task), "ben");
        tasks.claimed(task);
        tasks.leaseRunsOut(task);

        var second = tasks.claimed(task);
        assertThat(second.approvedTarget()).contains(uid("u-1"));
        assertThat(tasks.intend(second)).isTrue();
        tasks.leaseRunsOut(task);

        var third = tasks.claimed(task);
        assertThat(third.intent()).contains(uid("u-1"));
        assertThat(third.mustAsk()).isFalse();
        assertThat(tasks.intend(third)).as("the same target again").isTrue();
    }

    @Test
    void waitingForPeopleHoldsNobodysPlaceInLine() {
        var asking = tasks.requestedWith(1, "web-0", "anna");
        var second = tasks.requested("web-0");
        var third = tasks.requested("web-0");

        assertThat(tasks.ask(tasks.claimed(asking)).next()).hasValue(second);
        var running = tasks.claimed(second);
        approve(open().id(), "ben");

        assertThat(tasks.finish(running, DONE).next()).hasValue(third);
        assertThat(tasks.claim(asking)).as("at the end of the line").isEmpty();
        tasks.finish(tasks.claimed(third), DONE);
        assertThat(tasks.claim(asking)).isPresent();
    }

    @Test
    void theAskerMayNotApproveUnderTheFourEyesRules() {
        var approval = tasks.asked(tasks.requestedWith(1, "web-0", "anna"));

        assertThat(approve(approval, "anna")).isEqualTo(new Answer.OwnRequest());
        assertThat(byId(approval).state()).isEqualTo(ApprovalState.OPEN);

        assertThat(await(tasks.approval.approve(tasks.tenant, approval, new Voice("anna", null), false)))
                .isInstanceOf(Answer.Counted.class);
    }

    @Test
    void whatTakesTwoPeopleWaitsForTheSecond() {
        var task = tasks.requestedWith(2, "web-0", "anna");
        var approval = tasks.asked(task);

        approve(approval, "ben");
        assertThat(approve(approval, "ben")).isEqualTo(new Answer.AgreedBefore());
        assertThat(byId(approval).state()).isEqualTo(ApprovalState.OPEN);
        assertThat(tasks.state(task)).isEqualTo(AWAITING_APPROVAL);

        approve(approval, "carla");

        assertThat(byId(approval).state()).isEqualTo(ApprovalState.APPROVED);
        assertThat(byId(approval).votes()).extracting(Approval.Vote::by).containsExactly("ben", "carla");
        assertThat(tasks.state(task)).isEqualTo(QUEUED);
    }

    @Test
    void aCancelledTasksRequestIsWithdrawnBeforeAndAfterItsApproval() {
        var asking = tasks.requestedWith(1, "web-0", "anna");
        var open = tasks.asked(asking);
        var approved = tasks.requestedWith(1, "web-1", "anna");
        var given = tasks.asked(approved);
        approve(given, "ben");

        await(tasks.control.cancel(tasks.tenant, asking, "anna"));
        await(tasks.control.cancel(tasks.tenant, approved, "anna"));

        assertThat(nowOf(approve(open, "ben"))).isEqualTo(ApprovalState.WITHDRAWN);
        assertThat(byId(given).state()).isEqualTo(ApprovalState.WITHDRAWN);
        assertThat(tasks.claim(approved)).isEmpty();
    }

    @Test
    void aResolvedAlertWithdrawsWhatItAsksFor() {
        var policy = policy();
        var asking = planned("Asking", policy, "web-0");
        var approval = tasks.asked(asking);
        var lookedUp = planned("LookedUp", policy, "web-1");
        var claim = tasks.claimed(lookedUp);

        assertThat(String.valueOf(byId(approval).evidence())).contains("Asking", "shop", "2026-11-23T08:00:00Z");
        tasks.resolve("Asking");
        tasks.resolve("LookedUp");

        assertThat(byId(approval).state()).isEqualTo(ApprovalState.WITHDRAWN);
        assertThat(tasks.state(asking)).isEqualTo(CANCELLED);
        assertThat(tasks.ask(claim).state())
                .as("resolved while it was looked up")
                .contains(CANCELLED);
    }

    @Test
    void aPolicyThatChangedLetsNothingGo() {
        var policy = policy();
        var open = tasks.asked(planned("Open", policy, "web-0"));
        var approved = planned("Approved", policy, "web-1");
        approve(tasks.asked(approved), "ben");
        var running = planned("Running", policy, "web-2");
        approve(tasks.asked(running), "ben");
        var claim = tasks.claimed(running);

        await(Policies.on(tasks.database).replace(tasks.tenant, policy, OptionalInt.empty(), document(2), "anna"));

        assertThat(nowOf(approve(open, "ben"))).isEqualTo(ApprovalState.WITHDRAWN);
        assertThat(tasks.claim(approved)).isEmpty();
        assertThat(tasks.task(approved).reason()).isEqualTo("The policy that asked for it changed");
        assertThat(tasks.intend(claim)).as("changed between claim and call").isFalse();
    }

    @Test
    void aPauseHoldsWhatWasApproved() {
        var task = tasks.requestedWith(1, "web-0", "anna");
        approve(tasks.asked(task), "ben");
        await(tasks.control.pause(tasks.tenant, "anna", "a test"));

        assertThat(tasks.claim(task)).isEmpty();
        assertThat(tasks.state(task)).isEqualTo(HELD);

        await(tasks.control.resume(tasks.tenant, "anna"));
        assertThat(tasks.claimed(task).approvedTarget()).contains(uid("u-1"));
    }

    @Test
    void onePersonCannotWearOthersDownWithRequests() {
        for (var i = 0; i < 10; i++) {
            tasks.asked(tasks.requestedWith(1, "web-" + i, "anna"));
        }
        var oneMore = tasks.requestedWith(1, "web-10", "anna");

        assertThat(tasks.ask(tasks.claimed(oneMore)).state()).contains(FAILED);
        assertThat(tasks.task(oneMore).reason()).isEqualTo("anna has asked for approval 10 times within an hour");
        assertThat(tasks.ask(tasks.claimed(tasks.requestedWith(1, "web-11", "ben")))
                        .state())
                .contains(AWAITING_APPROVAL);
    }

    @Test
    void openRequestsComeFirstAndPagesJoinWithoutGaps() {
        var first = tasks.asked(tasks.requestedWith(1, "web-0", "anna"));
        var second = tasks.asked(tasks.requestedWith(1, "web-1", "anna"));
        var third = tasks.asked(tasks.requestedWith(1, "web-2", "anna"));
        approve(third, "ben");

        assertThat(find(Set.of(), Optional.empty(), 10)).containsExactly(second, first, third);
        assertThat(find(Set.of(), Optional.of(new Place(false, second)), 1)).containsExactly(first);
        assertThat(find(Set.of(), Optional.of(new Place(false, first)), 10)).containsExactly(third);
        assertThat(find(Set.of(ApprovalState.APPROVED), Optional.empty(), 10)).containsExactly(third);
    }

    @Test
    void approvalsOfAnotherTenantAreNeitherSeenNorDecided() {
        var task = tasks.requestedWith(1, "web-0", "anna");
        var approval = tasks.asked(task);
        var theirs = Tasks.fresh();

        assertThat(await(theirs.approval.byId(theirs.tenant, approval))).isEmpty();
        assertThat(await(theirs.approval.find(theirs.tenant, new Filter(Set.of(), Optional.empty(), 10))))
                .isEmpty();
        assertThat(await(theirs.approval.approve(theirs.tenant, approval, new Voice("mallory", null), false)))
                .isEqualTo(new Answer.Unknown());
        assertThat(await(theirs.approval.reject(theirs.tenant, approval, new Voice("mallory", null))))
                .isEqualTo(new Answer.Unknown());

        assertThat(byId(approval).state()).isEqualTo(ApprovalState.OPEN);
        assertThat(tasks.state(task)).isEqualTo(AWAITING_APPROVAL);
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

    private List<Long> find(Set<ApprovalState> states, Optional<Place> after, int limit) {
        return await(tasks.approval.find(tasks.tenant, new Filter(states, after, limit))).stream()
                .map(Approval::id)
                .toList();
    }

    private long policy() {
        return await(Policies.on(tasks.database).create(tasks.tenant, document(1), "anna"))
                .id();
    }

    private static ObjectNode document(int priority) {
        var document = JsonNodeFactory.instance.objectNode().put("name", "Asks").put("priority", priority);
        document.putObject("condition");
        document.putObject("action");
        return document;
    }

    private long planned(String alert, long policy, String target) {
        var episode = tasks.episode(alert);
        var proposal = new Proposal(
                policy,
                1,
                Outcome.AWAITING_APPROVAL,
                "asks",
                Tasks.task(target, 1, episode, OptionalLong.of(policy), "policy:" + policy),
                Limits.DEFAULT,
                false);
        return await(tasks.creation.plan(
                        tasks.tenant, List.of(new EpisodeDecisions(episode, List.of(proposal))), Tasks.ALLOW))
                .getFirst();
    }

    private static ApprovalState nowOf(Answer answer) {
        return ((Answer.NotOpen) answer).now();
    }
}
