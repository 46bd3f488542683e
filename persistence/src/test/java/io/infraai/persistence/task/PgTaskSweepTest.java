package io.infraai.persistence.task;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import io.infraai.contracts.stream.TaskRung;

import static io.infraai.contracts.remediation.TaskState.*;
import static io.infraai.persistence.tenancy.Database.await;
import static org.assertj.core.api.Assertions.assertThat;

class PgTaskSweepTest {

    private static final Duration AGE = Duration.ofSeconds(3);

    private final Tasks tasks = Tasks.fresh();

    @Test
    void aTaskWhoseBellWasLostIsRungOncePerAge() {
        var id = tasks.requested("web-0");
        assertThat(due()).as("its own bell may still come").isEmpty();
        waits(id);

        assertThat(due()).containsExactly(id);
        assertThat(due()).isEmpty();
        waits(id);
        assertThat(due()).containsExactly(id);
    }

    @Test
    void whatWaitsIsCountedByItsStateWithTheAgeOfTheOldest() {
        var before = waiting();
        var old = tasks.requested("old");
        tasks.requested("fresh");
        tasks.claimed(tasks.requested("running"));
        tasks.ask(tasks.claimed(tasks.requestedWith(1, "asks", "ann")));
        tasks.finish(tasks.claimed(tasks.requested("doubtful")), IN_DOUBT);
        tasks.database.change(
                "UPDATE task SET next_run_at = now() - interval '1 hour', ring_at = now() - interval '9 hours' WHERE id = ?",
                old);

        var after = waiting();

        // other tests may have left more than is counted
        assertThat(count(after, "queued")).isEqualTo(Math.min(TaskSweep.Waiting.MOST, count(before, "queued") + 2));
        assertThat(told(after, "queued").oldest()).isGreaterThanOrEqualTo(Duration.ofHours(1));
        assertThat(count(after, "running")).isEqualTo(count(before, "running") + 1);
        assertThat(count(after, "awaiting_approval")).isEqualTo(count(before, "awaiting_approval") + 1);
        assertThat(count(after, "in_doubt")).isEqualTo(count(before, "in_doubt") + 1);
        assertThat(after)
                .containsOnlyKeys(
                        "queued",
                        "running",
                        "held",
                        "awaiting_approval",
                        "in_doubt",
                        "dead",
                        "undecided",
                        "unverified");
    }

    private Map<String, TaskSweep.Waiting> waiting() {
        return await(tasks.sweep.waiting()).stream().collect(Collectors.toMap(TaskSweep.Waiting::what, each -> each));
    }

    private static TaskSweep.Waiting told(Map<String, TaskSweep.Waiting> all, String what) {
        return Objects.requireNonNull(all.get(what));
    }

    private static long count(Map<String, TaskSweep.Waiting> all, String what) {
        return told(all, what).count();
    }

    @Test
    void onlyTheHeadOfALineIsRung() {
        var first = tasks.requested("web-0");
        var second = tasks.requested("web-0");
        waits(first);
        waits(second);

        assertThat(due()).containsExactly(first);
    }

    @Test
    void aTaskPutBackIsRungAsSoonAsItIsDue() {
        var id = tasks.requested("web-0");
        tasks.tryAgain(tasks.claimed(id), Duration.ofHours(1), true);
        assertThat(due()).isEmpty();

        waits(id);

        assertThat(due()).containsExactly(id);
    }

    @Test
    void aTaskWhoseLeaseRanOutIsRung() {
        var id = tasks.requested("web-0");
        tasks.claimed(id);
        assertThat(due()).isEmpty();

        tasks.leaseRunsOut(id);
        tasks.database.change("UPDATE task SET ring_at = now() WHERE id = ?", id);

        assertThat(due()).containsExactly(id);
    }

    @Test
    void waitingTasksEndWhenTheyAreTooOld() {
        var old = tasks.requested("old");
        tasks.growsOld(old);
        var fresh = tasks.requested("fresh");
        var sent = tasks.requested("sent");
        var claim = tasks.claimed(sent);
        tasks.intend(claim);
        tasks.tryAgain(claim, Duration.ZERO, true);
        tasks.growsOld(sent);

        assertThat(await(tasks.sweep.endStale(1_000))).isGreaterThanOrEqualTo(1);

        assertThat(tasks.state(old)).isEqualTo(EXPIRED);
        assertThat(tasks.task(old).journal()).hasSize(1);
        assertThat(tasks.state(fresh)).isEqualTo(QUEUED);
        assertThat(tasks.state(sent)).as("is settled by its next claim").isEqualTo(QUEUED);
    }

    @Test
    void aTaskWhoseAlertFellSilentIsCancelled() {
        var id = tasks.planned("Gone", "gone");
        tasks.fallSilent();

        assertThat(tasks.state(id)).isEqualTo(CANCELLED);
        assertThat(tasks.task(id).journal()).hasSize(1);
    }

    private void waits(long id) {
        tasks.database.change("UPDATE task SET next_run_at = now(), ring_at = now() WHERE id = ?", id);
    }

    private List<Long> due() {
        return await(tasks.sweep.due(AGE, 1_000)).stream()
                .filter(rung -> rung.tenant().equals(tasks.tenant))
                .map(TaskRung::taskId)
                .toList();
    }
}
