package io.infraai.persistence.task;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.infraai.contracts.remediation.Task;
import io.infraai.contracts.remediation.TaskState;
import io.infraai.persistence.task.TaskControl.Moved;
import io.infraai.persistence.task.TaskQueries.Filter;

import static io.infraai.contracts.remediation.TaskState.*;
import static io.infraai.persistence.tenancy.Database.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PgTaskControlTest {

    private final Tasks tasks = Tasks.fresh();

    @Test
    void aWaitingTaskIsCancelledAtOnce() {
        var id = tasks.requested("web-0");

        assertThat(cancel(id)).isEqualTo(new Moved.Done(CANCELLED));

        assertThat(tasks.task(id).reason()).isEqualTo("Cancelled by anna");
        assertThat(tasks.claim(id)).isEmpty();
        assertThat(cancel(id)).isEqualTo(new Moved.NotAllowed(CANCELLED));
    }

    @Test
    void aRunningTaskIsToldToStopBeforeItsNextCall() {
        var claim = tasks.claimed(tasks.requested("web-0"));

        assertThat(cancel(claim.taskId())).isEqualTo(new Moved.Done(RUNNING));

        assertThat(tasks.intend(claim)).isFalse();
        tasks.tryAgain(claim, Duration.ZERO, true);
        assertThat(tasks.claim(claim.taskId())).isEmpty();
        assertThat(tasks.state(claim.taskId())).isEqualTo(CANCELLED);
    }

    @Test
    void whatEndedBadlyIsTriedAnewAtTheEndOfTheLine() {
        for (var state : List.of(FAILED, IN_DOUBT, EXPIRED)) {
            var target = "web-" + state.wire();
            var id = tasks.requested(target);
            var claim = tasks.claimed(id);
            tasks.intend(claim);
            tasks.finish(claim, state);
            var behind = tasks.requested(target);

            assertThat(retry(id)).isEqualTo(new Moved.Done(QUEUED));

            assertThat(tasks.claim(id)).as("at the end of the line").isEmpty();
            tasks.finish(tasks.claimed(behind), DONE);
            var again = tasks.claimed(id);
            assertThat(again.attempt()).isEqualTo(1);
            assertThat(again.intent())
                    .as("a person asked anew, so the target is looked up anew")
                    .isEmpty();
            assertThat(tasks.task(id).journal())
                    .extracting(Task.JobLog::result)
                    .last()
                    .asString()
                    .contains("Asked by anna", "u-1");
        }
    }

    @Test
    void whatIsDoneOrStillUnderWayIsNotTriedAnew() {
        var done = tasks.requested("web-0");
        tasks.finish(tasks.claimed(done), DONE);
        var running = tasks.requested("web-1");
        tasks.claimed(running);

        assertThat(retry(done)).isEqualTo(new Moved.NotAllowed(DONE));
        assertThat(retry(running)).isEqualTo(new Moved.NotAllowed(RUNNING));
        assertThat(retry(Long.MAX_VALUE)).isEqualTo(new Moved.Unknown());
        assertThat(cancel(Long.MAX_VALUE)).isEqualTo(new Moved.Unknown());
    }

    @Test
    void pausingTwiceKeepsTheFirstReasonAndResumingTwiceIsHarmless() {
        await(tasks.control.pause(tasks.tenant, "anna", "migration"));
        await(tasks.control.pause(tasks.tenant, "ben", "lunch"));

        assertThat(await(tasks.control.paused(tasks.tenant))).hasValueSatisfying(pause -> {
            assertThat(pause.by()).isEqualTo("anna");
            assertThat(pause.reason()).isEqualTo("migration");
        });
        assertThat(await(tasks.control.resume(tasks.tenant, "anna"))).isEmpty();
        assertThat(await(tasks.control.resume(tasks.tenant, "anna"))).isEmpty();
        assertThat(await(tasks.control.paused(tasks.tenant))).isEmpty();
    }

    @Test
    void heldTasksKeepTheirOrderWhenTheyAreQueuedAgain() {
        var first = tasks.requested("web-0");
        var second = tasks.requested("web-0");
        await(tasks.control.pause(tasks.tenant, "anna", "migration"));
        tasks.claim(first);
        tasks.claim(second);
        assertThat(tasks.state(second)).isEqualTo(HELD);

        assertThat(await(tasks.control.resume(tasks.tenant, "anna"))).containsExactly(first, second);

        assertThat(tasks.claim(second)).isEmpty();
        assertThat(tasks.claim(first)).isPresent();
    }

    @Test
    void tasksAreFoundByStateEpisodeAndPage() {
        var ids = List.of(tasks.requested("a"), tasks.requested("b"), tasks.requested("c"));
        var planned = tasks.planned("Planned", "d");
        tasks.finish(tasks.claimed(ids.getFirst()), DONE);
        var episode = tasks.task(planned).episodeId();

        assertThat(found(new Filter(Set.of(), Set.of(), null, OptionalLong.empty(), 2)))
                .containsExactly(planned, ids.get(2));
        assertThat(found(new Filter(Set.of(), Set.of(), null, OptionalLong.of(ids.get(2)), 9)))
                .containsExactly(ids.get(1), ids.get(0));
        assertThat(found(new Filter(Set.of(DONE), Set.of(), null, OptionalLong.empty(), 9)))
                .containsExactly(ids.get(0));
        assertThat(found(new Filter(Set.of(), Set.of(), episode, OptionalLong.empty(), 9)))
                .containsExactly(planned);
        var summary = await(tasks.queries.summary(tasks.tenant));
        assertThat(summary.byState())
                .containsEntry(DONE, 1L)
                .containsEntry(QUEUED, 3L)
                .doesNotContainKey(HELD);
        assertThat(summary.oldestQueued()).isPresent();
    }

    private List<Long> found(Filter filter) {
        return await(tasks.queries.find(tasks.tenant, filter)).stream()
                .map(Task::id)
                .toList();
    }

    private Moved cancel(long id) {
        return await(tasks.control.cancel(tasks.tenant, id, "anna"));
    }

    private Moved retry(long id) {
        return await(tasks.control.retry(tasks.tenant, id, "anna"));
    }

    @Test
    void anIllegalMoveIsRefusedByTheDatabaseItself() {
        var id = tasks.requested("web-0");
        cancel(id);

        assertThatThrownBy(() ->
                        tasks.database.change("UPDATE task SET state = 'queued', done_at = NULL WHERE id = ?", id))
                .rootCause()
                .hasMessageContaining("can't go from cancelled to queued");
        assertThat(tasks.state(id)).isEqualTo(TaskState.CANCELLED);
    }
}
