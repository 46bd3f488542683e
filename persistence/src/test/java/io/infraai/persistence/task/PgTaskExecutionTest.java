package io.infraai.persistence.task;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;

import io.smallrye.mutiny.Uni;
import org.junit.jupiter.api.Test;

import io.infraai.contracts.remediation.ClaimedTask;
import io.infraai.contracts.remediation.Task;
import io.infraai.contracts.remediation.TaskOutcome;
import io.infraai.contracts.remediation.TaskState;
import io.infraai.persistence.task.TaskExecution.Finished;
import io.infraai.persistence.tenancy.Database;

import static io.infraai.contracts.remediation.TaskState.*;
import static io.infraai.persistence.task.Tasks.LEASE;
import static io.infraai.persistence.task.Tasks.uid;
import static io.infraai.persistence.tenancy.Database.await;
import static io.infraai.persistence.tenancy.Database.awaitAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

class PgTaskExecutionTest {

    private final Tasks tasks = Tasks.fresh();

    @Test
    void aClaimTellsWhereTheTaskCameFromAndWhomItWasTakenFrom() {
        var id = tasks.requested("web-0");

        var first = tasks.claimed(id);
        tasks.leaseRunsOut(id);
        var second = tasks.claimed(id);

        assertThat(first.traceparent()).isEqualTo(Tasks.TRACE);
        assertThat(first.age()).isBetween(Duration.ZERO, Duration.ofMinutes(1));
        assertThat(first.takenOver()).isFalse();
        assertThat(second.traceparent()).isEqualTo(Tasks.TRACE);
        assertThat(second.takenOver()).isTrue();
    }

    @Test
    void aTaskIsClaimedIntendedAndFinishedWithAJournal() {
        var id = tasks.requested("web-0");

        var claim = tasks.claimed(id);
        assertThat(claim.mayAct()).isTrue();
        assertThat(claim.attempt()).isEqualTo(1);
        assertThat(claim.intent()).isEmpty();
        assertThat(claim.parameters()).isEqualTo(Tasks.manual("web-0").parameters());
        assertThat(tasks.intend(claim)).isTrue();
        assertThat(tasks.finish(claim, DONE).applied()).isTrue();

        var task = tasks.task(id);
        assertThat(task.state()).isEqualTo(DONE);
        assertThat(task.intent()).isEqualTo(uid("u-1"));
        assertThat(task.startedAt()).isNotNull();
        assertThat(task.doneAt()).isNotNull();
        assertThat(task.journal())
                .extracting(Task.JobLog::action, Task.JobLog::target, Task.JobLog::status, Task.JobLog::attempt)
                .containsExactly(tuple("restart_pod", "web-0", "done", 1));
    }

    @Test
    void ofEightWorkersExactlyOneIsGrantedEachTask() {
        var ids = IntStream.range(0, 50)
                .mapToObj(i -> tasks.requested("pod-" + i))
                .toList();
        var calls = new ArrayList<Uni<Optional<ClaimedTask>>>();
        for (var worker = 0; worker < 8; worker++) {
            // each with commits of its own, as in processes of their own
            var execution = new PgTaskExecution(tasks.database.scope(), tasks.database.vertx());
            for (var id : ids) {
                calls.add(execution.claim(tasks.tenant, id, "w" + worker, LEASE));
            }
        }

        var granted = awaitAll(calls).stream().flatMap(Optional::stream).toList();

        assertThat(granted).extracting(ClaimedTask::taskId).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(granted).extracting(ClaimedTask::fence).doesNotHaveDuplicates();
    }

    @Test
    void oneTaskOfATargetRunsAtATimeInTheOrderOfTheLine() {
        var first = tasks.requested("web-0");
        var second = tasks.requested("web-0");
        var third = tasks.requested("web-0");

        var both = awaitAll(List.of(
                tasks.execution.claim(tasks.tenant, third, "w1", LEASE),
                tasks.execution.claim(tasks.tenant, second, "w2", LEASE),
                tasks.execution.claim(tasks.tenant, first, "w3", LEASE)));
        assertThat(both).filteredOn(Optional::isPresent).hasSize(1);
        assertThat(tasks.claim(second)).isEmpty();

        assertThat(tasks.finish(both.get(2).orElseThrow(), DONE).next()).hasValue(second);
        assertThat(tasks.claim(third)).isEmpty();
        assertThat(tasks.finish(tasks.claimed(second), FAILED).next()).hasValue(third);
        assertThat(tasks.finish(tasks.claimed(third), DONE).next()).isEmpty();
    }

    @Test
    void aTaskPutBackKeepsItsPlaceItsIntentAndItsTarget() {
        var first = tasks.requested("web-0");
        var second = tasks.requested("web-0");
        var claim = tasks.claimed(first);
        tasks.intend(claim);

        assertThat(tasks.tryAgain(claim, Duration.ofHours(1), true))
                .isEqualTo(new Finished(Optional.of(TaskState.QUEUED), OptionalLong.empty()));

        assertThat(tasks.claim(first)).as("not due").isEmpty();
        assertThat(tasks.claim(second)).as("stands behind").isEmpty();
        tasks.database.change("UPDATE task SET next_run_at = now() WHERE id = ?", first);
        var again = tasks.claimed(first);
        assertThat(again.intent()).contains(uid("u-1"));
        assertThat(again.attempt()).isEqualTo(2);
    }

    @Test
    void waitingForABreakerCostsNoAttempt() {
        var id = tasks.requested("web-0");

        tasks.tryAgain(tasks.claimed(id), Duration.ZERO, false);
        tasks.tryAgain(tasks.claimed(id), Duration.ZERO, true);

        assertThat(tasks.claimed(id).attempt()).isEqualTo(2);
    }

    @Test
    void aTaskGivenBackUnstartedCostsNoAttempt() {
        var id = tasks.requested("web-0");

        assertThat(await(tasks.execution.release(tasks.claimed(id)))).isTrue();

        assertThat(tasks.claimed(id).attempt()).isEqualTo(1);
    }

    @Test
    void theFenceRefusesEverythingFromAnEarlierClaim() {
        var id = tasks.requested("web-0");
        var zombie = tasks.claimed(id);
        tasks.leaseRunsOut(id);
        var heir = tasks.claimed(id);

        assertThat(heir.fence()).isGreaterThan(zombie.fence());
        assertThat(tasks.intend(zombie)).isFalse();
        assertThat(await(tasks.execution.heartbeat(zombie, LEASE))).isFalse();
        assertThat(await(tasks.execution.release(zombie))).isFalse();
        assertThat(tasks.finish(zombie, FAILED).applied()).isFalse();
        assertThat(tasks.state(id)).isEqualTo(RUNNING);
        assertThat(tasks.finish(heir, DONE).applied()).isTrue();
        assertThat(tasks.finish(heir, FAILED).applied()).as("only once").isFalse();
    }

    @Test
    void anIntentIsChosenOnce() {
        var claim = tasks.claimed(tasks.requested("web-0"));

        assertThat(await(tasks.execution.intend(claim, uid("u-1")))).isTrue();
        assertThat(await(tasks.execution.intend(claim, uid("u-1"))))
                .as("the same again")
                .isTrue();
        assertThat(await(tasks.execution.intend(claim, uid("u-2"))))
                .as("another")
                .isFalse();
    }

    @Test
    void aHeartbeatKeepsOthersOff() {
        var id = tasks.requested("web-0");
        var claim = tasks.claimed(id);
        tasks.leaseRunsOut(id);

        assertThat(await(tasks.execution.heartbeat(claim, LEASE))).isTrue();

        assertThat(tasks.claim(id)).isEmpty();
    }

    @Test
    void aLeaseThatReachesTooFarAheadCountsAsOver() {
        var id = tasks.requested("web-0");
        tasks.claimed(id);
        tasks.database.change("UPDATE task SET lease_until = now() + interval '59 seconds' WHERE id = ?", id);
        assertThat(tasks.claim(id)).isEmpty();

        tasks.database.change("UPDATE task SET lease_until = now() + interval '61 seconds' WHERE id = ?", id);

        assertThat(tasks.claim(id)).isPresent();
    }

    @Test
    void aTaskThatThreeWorkersDiedOverIsDead() {
        var id = tasks.requested("web-0");
        tasks.claimed(id);
        for (var crash = 1; crash <= 2; crash++) {
            tasks.leaseRunsOut(id);
            assertThat(tasks.claimed(id).crashes()).isEqualTo(crash);
        }
        tasks.leaseRunsOut(id);

        assertThat(tasks.claim(id)).isEmpty();

        var task = tasks.task(id);
        assertThat(task.state()).isEqualTo(DEAD);
        assertThat(task.reason()).isEqualTo("Three workers died over it");
        assertThat(task.journal()).extracting(Task.JobLog::status).containsExactly("dead");
    }

    @Test
    void whatMayNotStartAnyMoreEndsAtTheClaimWhenItWasNeverSent() {
        var old = tasks.requested("old");
        tasks.growsOld(old);
        var paused = tasks.requested("paused");
        var resolved = tasks.planned("Resolved", "resolved");
        tasks.database.change(
                "UPDATE episode SET closed_at = now(), state = 'resolved' WHERE tenant_id = ?", tasks.tenant.value());

        assertThat(tasks.claim(old)).isEmpty();
        assertThat(tasks.claim(resolved)).isEmpty();
        await(tasks.control.pause(tasks.tenant, "anna", "migration"));
        assertThat(tasks.claim(paused)).isEmpty();

        assertThat(tasks.state(old)).isEqualTo(EXPIRED);
        assertThat(tasks.state(resolved)).isEqualTo(CANCELLED);
        assertThat(tasks.state(paused)).isEqualTo(HELD);
        assertThat(tasks.task(old).journal()).hasSize(1);
    }

    @Test
    void whatMayHaveBeenSentIsGrantedToBeSettled() {
        var old = sent("old");
        tasks.growsOld(old);
        var cancelled = sent("cancelled");
        await(tasks.control.cancel(tasks.tenant, cancelled, "anna"));
        var resolved = tasks.planned("Resolved", "resolved");
        putBackSent(resolved);
        tasks.resolve("Resolved");
        assertThat(tasks.state(resolved)).as("not cancelled from outside").isEqualTo(QUEUED);
        var paused = sent("paused");

        assertThat(tasks.claimed(old).mayAct()).isFalse();
        assertThat(tasks.claimed(cancelled).mayAct()).isFalse();
        assertThat(tasks.claimed(resolved).mayAct()).isFalse();
        await(tasks.control.pause(tasks.tenant, "anna", "migration"));
        var claim = tasks.claimed(paused);
        assertThat(claim.mayAct()).isFalse();
        assertThat(tasks.finish(claim, EXPIRED).applied()).isTrue();
    }

    @Test
    void nothingIsIntendedOnceTheTaskMayNoLongerAct() {
        var old = tasks.claimed(tasks.requested("old"));
        tasks.growsOld(old.taskId());
        var cancelled = tasks.claimed(tasks.requested("cancelled"));
        await(tasks.control.cancel(tasks.tenant, cancelled.taskId(), "anna"));
        var resolved = tasks.claimed(tasks.planned("Resolved", "resolved"));
        tasks.resolve("Resolved");
        var paused = tasks.claimed(tasks.requested("paused"));
        await(tasks.control.pause(tasks.tenant, "anna", "migration"));

        for (var claim : List.of(old, cancelled, resolved, paused)) {
            assertThat(tasks.intend(claim)).as(claim.targetKey()).isFalse();
        }
    }

    @Test
    void aLapsedTaskThatWasNeverSentGoesBackWhilePausedAndIsHeldThen() {
        var id = tasks.requested("web-0");
        tasks.claimed(id);
        tasks.leaseRunsOut(id);
        await(tasks.control.pause(tasks.tenant, "anna", "migration"));

        assertThat(tasks.claim(id)).isEmpty();
        assertThat(tasks.state(id)).isEqualTo(QUEUED);
        assertThat(tasks.claim(id)).isEmpty();
        assertThat(tasks.state(id)).isEqualTo(HELD);
    }

    @Test
    void manyTasksLiveTheirLivesAtOnce() {
        var ids = IntStream.range(0, 300)
                .mapToObj(i -> tasks.requested("pod-" + i % 100))
                .toList();
        var states = awaitAll(ids.stream().map(this::live).toList());

        assertThat(states).filteredOn(Optional::isPresent).hasSizeGreaterThanOrEqualTo(100);
        assertThat(tasks.database.query(
                        "SELECT target_key FROM task WHERE tenant_id = ? AND state = 'running'", tasks.tenant.value()))
                .isEmpty();
        for (var id : ids) {
            if (tasks.state(id) == QUEUED) {
                await(live(id));
            }
        }
        assertThat(await(tasks.queries.summary(tasks.tenant)).byState()).containsExactly(Map.entry(DONE, 300L));
    }

    private Uni<Optional<TaskState>> live(long id) {
        return tasks.execution
                .claim(tasks.tenant, id, "w", LEASE)
                .chain(claim -> claim.map(it -> tasks.execution
                                .intend(it, uid("u"))
                                .chain(() -> tasks.execution.finish(it, new TaskOutcome.Ended(DONE, "done", uid("u"))))
                                .map(_ -> Optional.of(DONE)))
                        .orElseGet(() -> Uni.createFrom().item(Optional.empty())));
    }

    private long sent(String target) {
        return putBackSent(tasks.requested(target));
    }

    /** Sent once, with no answer, and queued for another try. */
    private long putBackSent(long id) {
        var claim = tasks.claimed(id);
        assertThat(tasks.intend(claim)).isTrue();
        tasks.tryAgain(claim, Duration.ZERO, true);
        return id;
    }

    @Test
    void theDatabaseAllowsExactlyTheMovesOfTheContracts() {
        for (var before : TaskState.values()) {
            for (var after : TaskState.values()) {
                var allowed = Database.shared()
                        .query("SELECT task_may_move(?, ?) AS may", before.wire(), after.wire())
                        .getFirst()
                        .get("may");
                assertThat(allowed)
                        .as(before + " to " + after)
                        .isEqualTo(before.successors().contains(after));
            }
        }
    }
}
