package io.infraai.persistence.task;

import java.time.Duration;
import java.util.List;

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
        tasks.database.change("UPDATE task SET rung_at = now() - interval '4 seconds' WHERE id = ?", id);
        assertThat(due()).containsExactly(id);
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

        tasks.database.change("UPDATE task SET next_run_at = now() - interval '1 millisecond' WHERE id = ?", id);

        assertThat(due()).containsExactly(id);
    }

    @Test
    void aTaskWhoseLeaseRanOutIsRung() {
        var id = tasks.requested("web-0");
        tasks.claimed(id);
        assertThat(due()).isEmpty();

        tasks.leaseRunsOut(id);

        assertThat(due()).containsExactly(id);
    }

    @Test
    void waitingTasksEndWhenTheyAreTooOldOrTheirAlertIsGone() {
        var old = tasks.requested("old");
        tasks.growsOld(old);
        var gone = tasks.planned("Gone", "gone");
        tasks.database.change(
                "UPDATE episode SET state = 'silent', closed_at = now() WHERE tenant_id = ?", tasks.tenant.value());
        var fresh = tasks.requested("fresh");
        var sent = tasks.requested("sent");
        var claim = tasks.claimed(sent);
        tasks.intend(claim);
        tasks.tryAgain(claim, Duration.ZERO, true);
        tasks.growsOld(sent);

        assertThat(await(tasks.sweep.endStale(1_000))).isGreaterThanOrEqualTo(2);

        assertThat(tasks.state(old)).isEqualTo(EXPIRED);
        assertThat(tasks.task(old).journal()).hasSize(1);
        assertThat(tasks.state(gone)).isEqualTo(CANCELLED);
        assertThat(tasks.state(fresh)).isEqualTo(QUEUED);
        assertThat(tasks.state(sent)).as("is settled by its next claim").isEqualTo(QUEUED);
    }

    private void waits(long id) {
        tasks.database.change("UPDATE task SET next_run_at = now() - interval '4 seconds' WHERE id = ?", id);
    }

    private List<Long> due() {
        return await(tasks.sweep.due(AGE, 1_000)).stream()
                .filter(rung -> rung.tenant().equals(tasks.tenant))
                .map(TaskRung::taskId)
                .toList();
    }
}
