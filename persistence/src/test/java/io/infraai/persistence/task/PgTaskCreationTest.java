package io.infraai.persistence.task;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.smallrye.mutiny.Uni;
import org.junit.jupiter.api.Test;

import io.infraai.contracts.policy.Limits;
import io.infraai.contracts.policy.Outcome;
import io.infraai.contracts.remediation.NewTask;
import io.infraai.contracts.remediation.TaskState;
import io.infraai.persistence.intake.EpisodeQueries;
import io.infraai.persistence.intake.EpisodeQueries.DecisionView;
import io.infraai.persistence.intake.Intakes;
import io.infraai.persistence.task.TaskCreation.EpisodeDecisions;
import io.infraai.persistence.task.TaskCreation.Judge;
import io.infraai.persistence.task.TaskCreation.Proposal;
import io.infraai.persistence.task.TaskCreation.TargetHistory;
import io.infraai.persistence.task.TaskCreation.Verdict;

import static io.infraai.persistence.task.Tasks.ALLOW;
import static io.infraai.persistence.task.Tasks.proposal;
import static io.infraai.persistence.task.Tasks.wants;
import static io.infraai.persistence.tenancy.Database.await;
import static io.infraai.persistence.tenancy.Database.awaitAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

class PgTaskCreationTest {

    /** Ten minutes' rest for each policy and target, five actions a day for each target. */
    private static final Judge LIMITS = (proposal, history) -> {
        if (history.sinceLast()
                .filter(since -> since.compareTo(Duration.ofMinutes(10)) < 0)
                .isPresent()) {
            return new Verdict(Outcome.SUPPRESSED, "cooling down");
        }
        return history.lastDay() >= 5
                ? new Verdict(Outcome.SUPPRESSED, "five today")
                : new Verdict(history.paused() ? Outcome.HELD : proposal.outcome(), proposal.reason());
    };

    private final Tasks tasks = Tasks.fresh();
    private final EpisodeQueries episodes = Intakes.queries(tasks.database);

    @Test
    void aJudgeIsToldOfEachDecisionOnceItIsCommitted() {
        var episode = tasks.episode("Told");
        var told = new ArrayList<String>();
        var judge = new TaskCreation.Judge() {
            @Override
            public TaskCreation.Verdict judge(Proposal proposal, TaskCreation.TargetHistory history) {
                return new TaskCreation.Verdict(Outcome.SUPPRESSED, "not now");
            }

            @Override
            public void decided(UUID of, Outcome outcome) {
                told.add(of + " " + outcome);
            }
        };

        await(tasks.creation.plan(tasks.tenant, List.of(wants(episode, 1, "web-0")), judge));
        await(tasks.creation.plan(tasks.tenant, List.of(wants(episode, 1, "web-0")), judge));

        assertThat(told).containsExactly(episode + " SUPPRESSED");
    }

    @Test
    void everyProposalGetsADecisionAndTheActingOneATask() {
        var episode = tasks.episode("PodCrashLoop");
        var observed = new Proposal(2, 7, Outcome.OBSERVED, "only observes", null, Limits.DEFAULT, false);

        var queued = await(tasks.creation.plan(
                tasks.tenant,
                List.of(new EpisodeDecisions(episode, List.of(proposal(episode, 1, "web-0"), observed))),
                ALLOW));

        var view = await(episodes.byId(tasks.tenant, episode)).orElseThrow();
        assertThat(view.decisions())
                .extracting(DecisionView::policyId, DecisionView::outcome, DecisionView::reason, DecisionView::taskId)
                .containsExactly(
                        tuple(1L, Outcome.DISPATCHED, "matched", queued.getFirst()),
                        tuple(2L, Outcome.OBSERVED, "only observes", null));
        assertThat(view.tasks()).extracting(task -> task.id()).containsExactlyElementsOf(queued);
        assertThat(tasks.state(queued.getFirst())).isEqualTo(TaskState.QUEUED);
    }

    @Test
    void anEpisodeIsDecidedOnceHoweverOftenItIsRung() {
        var episode = tasks.episode("Rung");
        var calls = new ArrayList<Uni<List<Long>>>();
        for (var i = 0; i < 8; i++) {
            var instance = new PgTaskCreation(tasks.database.scope(), tasks.database.vertx());
            calls.add(instance.plan(tasks.tenant, List.of(wants(episode, 1, "web-0")), ALLOW));
        }

        assertThat(awaitAll(calls).stream().mapToInt(List::size).sum()).isEqualTo(1);
        assertThat(await(episodes.byId(tasks.tenant, episode)).orElseThrow().decisions())
                .hasSize(1);
    }

    @Test
    void anEpisodeThatNoPolicyMatchesIsDecidedAboutAllTheSame() {
        var episode = tasks.episode("Unmatched");

        assertThat(await(tasks.creation.plan(tasks.tenant, List.of(new EpisodeDecisions(episode, List.of())), ALLOW)))
                .isEmpty();

        assertThat(tasks.database.query("SELECT 1 FROM undecided WHERE episode_id = ?", episode))
                .isEmpty();
    }

    @Test
    void anEpisodeThatResolvedMeanwhileGetsADecisionButNoTask() {
        var episode = tasks.episode("Gone");
        tasks.resolve("Gone");

        assertThat(await(tasks.creation.plan(tasks.tenant, List.of(wants(episode, 1, "web-0")), ALLOW)))
                .isEmpty();

        assertThat(await(episodes.byId(tasks.tenant, episode)).orElseThrow().decisions())
                .extracting(DecisionView::outcome, DecisionView::reason)
                .containsExactly(tuple(Outcome.SUPPRESSED, "The alert resolved meanwhile"));
    }

    @Test
    void limitsHoldExactlyAcrossInstancesThatPlanAtOnce() {
        var policies = 20;
        var calls = new ArrayList<Uni<List<Long>>>();
        for (var i = 0; i < policies; i++) {
            var instance = new PgTaskCreation(tasks.database.scope(), tasks.database.vertx());
            // two alerts of each policy on one and the same target
            var batch = List.of(
                    wants(tasks.episode("Alert" + i), i, "web-0"), wants(tasks.episode("Twin" + i), i, "web-0"));
            calls.add(instance.plan(tasks.tenant, batch, LIMITS));
        }

        assertThat(awaitAll(calls).stream().mapToInt(List::size).sum()).isEqualTo(5);
        assertThat(reasons()).containsEntry("matched", 5L).containsKeys("cooling down", "five today");
    }

    private Map<String, Long> reasons() {
        return tasks.database.query("SELECT reason FROM decision WHERE tenant_id = ?", tasks.tenant.value()).stream()
                .collect(Collectors.groupingBy(row -> (String) row.get("reason"), Collectors.counting()));
    }

    @Test
    void theHistoryTellsTheTimeSinceAndForgetsWhatNeverStarted() {
        var first = tasks.planned("First", "web-0");
        assertThat(history("web-0").lastDay()).isEqualTo(1);
        assertThat(history("web-0").sinceLast())
                .hasValueSatisfying(since -> assertThat(since).isLessThan(Duration.ofMinutes(1)));
        tasks.database.change("UPDATE task SET created_at = now() - interval '25 hours' WHERE id = ?", first);
        assertThat(history("web-0")).isEqualTo(new TargetHistory(Optional.empty(), 0, false));

        tasks.planned("Second", "web-1");
        tasks.resolve("Second");

        assertThat(history("web-1")).isEqualTo(new TargetHistory(Optional.empty(), 0, false));
    }

    /** As a judge sees it. */
    private TargetHistory history(String target) {
        var seen = new ArrayList<TargetHistory>();
        await(tasks.creation.plan(
                tasks.tenant, List.of(wants(tasks.episode("Probe" + UUID.randomUUID()), 1, target)), (_, history) -> {
                    seen.add(history);
                    return new Verdict(Outcome.SUPPRESSED, "only looked");
                }));
        return seen.getFirst();
    }

    @Test
    void whilePausedATaskIsHeldAndResumingQueuesIt() {
        await(tasks.control.pause(tasks.tenant, "anna", "migration"));
        var episode = tasks.episode("Held");

        assertThat(await(tasks.creation.plan(tasks.tenant, List.of(wants(episode, 1, "web-0")), LIMITS)))
                .isEmpty();
        var held = await(episodes.byId(tasks.tenant, episode))
                .orElseThrow()
                .tasks()
                .getFirst();
        assertThat(held.state()).isEqualTo(TaskState.HELD);

        assertThat(await(tasks.control.resume(tasks.tenant, "anna"))).containsExactly(held.id());
        assertThat(tasks.claim(held.id())).isPresent();
    }

    @Test
    void aResolutionCancelsTheWaitingTasksOfItsEpisode() {
        var queued = tasks.planned("Queued", "web-0");
        var running = tasks.planned("Running", "web-1");
        tasks.claimed(running);

        tasks.resolve("Queued");
        tasks.resolve("Running");

        assertThat(tasks.state(queued)).isEqualTo(TaskState.CANCELLED);
        assertThat(tasks.task(queued).journal()).hasSize(1);
        assertThat(tasks.state(running)).isEqualTo(TaskState.RUNNING);
    }

    @Test
    void aPlanThatCantBeStoredFailsAloneAndWhole() {
        var used = proposal(tasks.episode("Used"), 1, "web-0");
        await(tasks.creation.plan(tasks.tenant, List.of(new EpisodeDecisions(episodeOf(used), List.of(used))), ALLOW));
        var other = tasks.episode("Other");
        var sameKey = new Proposal(1, 1, Outcome.DISPATCHED, "matched", used.task(), Limits.DEFAULT, false);
        var calls = IntStream.range(0, 10)
                .mapToObj(i -> {
                    var episode = i == 4 ? other : tasks.episode("Fine" + i);
                    var wanted =
                            i == 4 ? new EpisodeDecisions(episode, List.of(sameKey)) : wants(episode, 1, "pod-" + i);
                    return tasks.creation.plan(tasks.tenant, List.of(wanted), ALLOW);
                })
                .map(call ->
                        call.map(ids -> OptionalInt.of(ids.size())).onFailure().recoverWithItem(OptionalInt.empty()))
                .toList();

        var results = awaitAll(calls);

        assertThat(results.get(4)).isEmpty();
        assertThat(results).filteredOn(OptionalInt::isPresent).hasSize(9);
        assertThat(await(episodes.byId(tasks.tenant, other)).orElseThrow().decisions())
                .isEmpty();
    }

    private static UUID episodeOf(Proposal proposal) {
        return Objects.requireNonNull(Objects.requireNonNull(proposal.task()).episode());
    }

    @Test
    void aRequestWithAUsedKeyGetsTheFirstTask() {
        var wanted = Tasks.manual("web-0");

        var first = await(tasks.creation.request(tasks.tenant, wanted));
        var again = await(tasks.creation.request(tasks.tenant, wanted));
        var other = await(tasks.creation.request(tasks.tenant, withPod(wanted, "web-1")));

        assertThat(first.created()).isTrue();
        assertThat(again).isEqualTo(new TaskCreation.Requested(first.taskId(), false, true));
        assertThat(other).isEqualTo(new TaskCreation.Requested(first.taskId(), false, false));
    }

    private static NewTask withPod(NewTask task, String pod) {
        return new NewTask(
                task.idempotencyKey(),
                task.targetKey(),
                task.tool(),
                task.kind(),
                JsonNodeFactory.instance.objectNode().put("pod_name", pod),
                task.approvals(),
                task.dryRun(),
                task.maxAge(),
                task.guards(),
                task.followUp(),
                task.episode(),
                task.policyId(),
                task.policyRevision(),
                task.requestedBy(),
                null);
    }

    @Test
    void theSameKeyAtOnceMakesOneTask() {
        var wanted = Tasks.manual("web-0");

        var results = awaitAll(IntStream.range(0, 10)
                .mapToObj(_ -> tasks.creation.request(tasks.tenant, wanted))
                .toList());

        assertThat(results).filteredOn(TaskCreation.Requested::created).hasSize(1);
        assertThat(results)
                .extracting(TaskCreation.Requested::taskId)
                .containsOnly(results.getFirst().taskId());
    }

    @Test
    void anActingProposalWithoutATaskIsABug() {
        var episode = tasks.episode("Broken");
        var broken = new Proposal(1, 1, Outcome.DISPATCHED, "matched", null, Limits.DEFAULT, false);

        assertThatThrownBy(() -> await(tasks.creation.plan(
                        tasks.tenant, List.of(new EpisodeDecisions(episode, List.of(broken))), ALLOW)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
