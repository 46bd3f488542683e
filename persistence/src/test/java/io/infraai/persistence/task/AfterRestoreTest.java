package io.infraai.persistence.task;

import java.util.Map;
import java.util.stream.Collectors;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.infraai.contracts.identity.TenantId;
import io.infraai.contracts.remediation.Effect;
import io.infraai.contracts.remediation.Task;
import io.infraai.contracts.remediation.TaskState;
import io.infraai.persistence.task.TaskControl.Moved;
import io.infraai.persistence.tenancy.Database;

import static io.infraai.contracts.remediation.TaskState.*;
import static io.infraai.persistence.tenancy.Database.await;
import static org.assertj.core.api.Assertions.assertThat;

/** What was begun when the backup was made isn't done by itself: it may have been done since. */
class AfterRestoreTest {

    private static final Database DATABASE = Database.empty();
    private static Tasks tasks;
    private static long queued;
    private static long running;
    private static long sent;
    private static long held;
    private static long asked;
    private static long done;
    private static long unverified;
    private static Map<String, Object> told;

    @BeforeAll
    static void restore() {
        DATABASE.migrated("latest");
        tasks = new Tasks(DATABASE, DATABASE.newTenant());
        queued = tasks.requested("queued");
        running = tasks.claimed(tasks.requested("running")).taskId();
        var claim = tasks.claimed(tasks.requested("sent"));
        tasks.intend(claim);
        sent = claim.taskId();
        asked = tasks.requestedWith(1, "asked", "anna");
        tasks.asked(asked);
        var ended = tasks.claimed(tasks.requested("done"));
        tasks.finish(ended, DONE);
        done = ended.taskId();
        var helped = tasks.claimed(tasks.requested("unverified"));
        unverified = helped.taskId();
        DATABASE.change(
                "UPDATE task SET verify = '{\"alert_clears\": \"10m\"}', next_steps = '[{}]' WHERE id = ?", unverified);
        tasks.finish(helped, DONE);
        tasks.episode("Undecided");
        held = tasks.requested("held");
        await(tasks.control.pause(tasks.tenant, "anna", "before"));
        tasks.claim(held);

        told = DATABASE.query("SELECT * FROM after_restore()").stream()
                .collect(Collectors.toMap(row -> (String) row.get("what"), row -> row.get("how_many")));
    }

    @Test
    void whoRestoredIsToldWhatWasStopped() {
        assertThat(told)
                .containsEntry("tenants paused", 1L) // the default one: the other was paused before
                .containsEntry("tasks expired", 4L)
                .containsEntry("tasks to be settled", 1L)
                .containsEntry("tasks not verified", 1L)
                .containsEntry("episodes left undecided", 1L)
                .containsEntry("turns cancelled", 0L);
    }

    @Test
    void whatWasNotSentIsExpiredAndSaysWhyUntilAPersonWantsItAgain() {
        for (var id : new long[] {queued, running, held, asked}) {
            assertThat(tasks.state(id)).isEqualTo(EXPIRED);
            assertThat(tasks.task(id).journal())
                    .extracting(Task.JobLog::result)
                    .last()
                    .asString()
                    .contains("restored");
            assertThat(tasks.claim(id)).isEmpty();
        }
        assertThat(tasks.state(done)).isEqualTo(DONE);

        assertThat(await(tasks.control.retry(tasks.tenant, running, "anna")))
                .isEqualTo(new Moved.Done(TaskState.QUEUED));
    }

    @Test
    void whatMayHaveBeenSentIsOnlySettled() {
        var claim = tasks.claimed(sent);

        assertThat(claim.mayAct()).isFalse();
        assertThat(claim.intent()).isPresent();
    }

    @Test
    void whetherATaskHelpedIsUnknownAndLeadsToNothingMore() {
        assertThat(tasks.task(unverified).verification()).satisfies(verified -> {
            assertThat(verified.state()).isEqualTo(Effect.UNKNOWN);
            assertThat(verified.reason()).contains("restored");
        });
        assertThat(DATABASE.query("SELECT id FROM task WHERE effect = 'awaited' OR next_steps IS NOT NULL"))
                .isEmpty();
    }

    @Test
    void nothingNewActsBeforeAPersonResumes() {
        var requested = tasks.requested("new");

        assertThat(tasks.claim(requested)).isEmpty();

        assertThat(tasks.state(requested)).isEqualTo(HELD);
        assertThat(await(new PgTaskControl(DATABASE.scope()).paused(TenantId.DEFAULT)))
                .hasValueSatisfying(pause -> assertThat(pause.by()).isEqualTo("restore"));
    }

    @Test
    void anEpisodeThatWasNotDecidedStaysSo() {
        assertThat(DATABASE.query("SELECT * FROM undecided")).isEmpty();
        assertThat(DATABASE.query("SELECT * FROM episode WHERE state = 'firing'"))
                .hasSize(1);
    }
}
