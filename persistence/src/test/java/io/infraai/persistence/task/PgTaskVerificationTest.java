package io.infraai.persistence.task;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.infraai.contracts.remediation.Task;
import io.infraai.contracts.remediation.TaskState;
import io.infraai.persistence.intake.Alerts;
import io.infraai.persistence.task.TaskVerification.Judged;
import io.infraai.persistence.task.TaskVerification.Said;

import static io.infraai.contracts.remediation.Effect.AWAITED;
import static io.infraai.contracts.remediation.Effect.EFFECTIVE;
import static io.infraai.contracts.remediation.Effect.INEFFECTIVE;
import static io.infraai.contracts.remediation.Effect.UNKNOWN;
import static io.infraai.persistence.task.VerifiedTasks.UNDO;
import static io.infraai.persistence.task.VerifiedTasks.clears;
import static io.infraai.persistence.task.VerifiedTasks.looks;
import static io.infraai.persistence.task.VerifiedTasks.metric;
import static io.infraai.persistence.tenancy.Database.await;
import static org.assertj.core.api.Assertions.assertThat;

/** What is found out after a task was done. */
class PgTaskVerificationTest {

    private final VerifiedTasks all = new VerifiedTasks();
    private final Tasks tasks = all.tasks;

    @Test
    void anAlertThatResolvesMakesItsTaskDueAndEffective() {
        var id = all.done("Resolves", clears());
        assertThat(all.due()).as("it still fires").isEmpty();

        tasks.resolve("Resolves");

        assertThat(all.judged(all.due())).singleElement().satisfies(judged -> {
            assertThat(judged.effect()).isEqualTo(EFFECTIVE);
            assertThat(judged.traceparent()).isEqualTo(Tasks.TRACE);
        });
        assertThat(all.verified(id).reason()).startsWith("The alert resolved ");
        assertThat(tasks.task(id).journal()).last().satisfies(line -> {
            assertThat(line.action()).isEqualTo("verified");
            assertThat(line.status()).isEqualTo("effective");
        });
        assertThat(all.audited(id)).singleElement().asString().contains("\"effect\":\"effective\"");
        assertThat(all.due()).isEmpty();
    }

    @Test
    void anAlertThatResolvedBeforeTheCallEndedCountsAsHelped() {
        var id = all.planned("Early", clears());
        var claim = tasks.claimed(id);
        tasks.intend(claim);
        tasks.resolve("Early");
        tasks.finish(claim, TaskState.DONE);

        assertThat(all.judged(all.due())).extracting(Judged::effect).containsExactly(EFFECTIVE);
        assertThat(all.verified(id).reason()).isEqualTo("The alert resolved before it had ended");
    }

    @Test
    void whileAnAlertFiresItIsLookedAtLessAndLessOften() {
        var id = all.done("Fires", clears());
        tasks.database.change(
                "UPDATE task SET done_at = now() - interval '60 s', verify_at = now(), verify_until = now() + interval '540 s'"
                        + " WHERE id = ?",
                id);

        assertThat(all.due()).isEmpty();

        assertThat(tasks.database
                        .query(
                                "SELECT verify_at - now() BETWEEN interval '280 s' AND interval '301 s' AS later FROM task WHERE id = ?",
                                id)
                        .getFirst())
                .containsEntry("later", true);
    }

    @Test
    void anAlertThatStillFiresWhenTheTimeIsUpSaysThatItDidNotHelp() {
        var id = all.done("Stays", clears());
        all.timeIsUp(id);

        all.judged(all.due());

        assertThat(all.verified(id).state()).isEqualTo(INEFFECTIVE);
        assertThat(all.verified(id).reason())
                .isEqualTo("The alert still fires 600 s after it; nothing more is planned: a person should look at it");
    }

    @Test
    void anAlertThatResolvesTooLateSaysSoAndNothingMoreIsDone() {
        var id = all.done("Late", clears(UNDO));
        tasks.database.change(
                "UPDATE task SET done_at = done_at - interval '1 h', verify_until = now() - interval '50 min' WHERE id = ?",
                id);
        tasks.resolve("Late");

        assertThat(all.judged(all.due())).singleElement().satisfies(judged -> {
            assertThat(judged.effect()).isEqualTo(INEFFECTIVE);
            assertThat(judged.next()).isEmpty();
        });
        assertThat(all.verified(id).reason()).contains("later than the 600 s", "its alert has ended");
    }

    @Test
    void anAlertWhoseEndNobodyToldIsUnknown() {
        var superseded = all.done("Anew", clears(UNDO));
        var silent = all.done("Silent", clears(UNDO));
        await(tasks.intake.accept(
                tasks.tenant,
                Alerts.batch(tasks.tenant, Alerts.firing("Anew", Instant.parse("2100-01-01T00:00:00Z")))));
        tasks.database.change(
                "UPDATE episode SET state = 'silent', closed_at = now() WHERE id = ?", all.episodeOf(silent));
        tasks.database.change("UPDATE task SET verify_at = now() WHERE id = ?", silent);

        assertThat(all.judged(all.due())).extracting(Judged::effect).containsExactly(UNKNOWN, UNKNOWN);

        assertThat(all.verified(superseded).reason()).contains("fired anew");
        assertThat(all.verified(silent).reason()).contains("fell silent");
        assertThat(tasks.task(superseded).verification())
                .extracting(Task.Verified::nextTaskId)
                .isNull();
    }

    @Test
    void whatAVerifierTookIsNobodyElsesUntilItsTimeIsUp() {
        var id = all.done("Taken", clears());
        all.timeIsUp(id);

        assertThat(all.due()).hasSize(1);
        assertThat(all.due()).isEmpty();

        tasks.database.change("UPDATE task SET verify_at = verify_at - interval '1 min' WHERE id = ?", id);
        assertThat(all.due()).hasSize(1);
    }

    @Test
    void aMetricIsAskedUntilItHoldsOrItsTimeIsUp() {
        var helps = all.done("Metric1", metric());
        var doesNot = all.done("Metric2", metric());
        var silent = all.done("Metric3", metric());
        assertThat(all.due())
                .hasSize(3)
                .allSatisfy(
                        due -> assertThat(due.metric().orElseThrow().wanted()).isEqualTo("below 0.9"));
        assertThat(all.judged(helps, new Said.HoldsNot("load is 2"))).isEmpty();
        assertThat(all.judged(silent, new Said.Nothing("No answer"))).isEmpty();

        assertThat(all.judged(helps, new Said.Holds("load is 0")))
                .extracting(Judged::effect)
                .containsExactly(EFFECTIVE);
        all.timeIsUp(doesNot);
        all.timeIsUp(silent);
        assertThat(all.due()).hasSize(2);
        all.judged(doesNot, new Said.HoldsNot("load is 2"));
        all.judged(silent, new Said.Nothing("No answer"));

        assertThat(all.verified(doesNot).state()).isEqualTo(INEFFECTIVE);
        assertThat(all.verified(silent).state()).isEqualTo(UNKNOWN);
        assertThat(all.verified(silent).reason()).isEqualTo("No answer");
    }

    @Test
    void theEndOfTheAlertSaysNothingWhereAMetricIsAsked() {
        var id = all.done("Both", metric());
        all.due();
        tasks.resolve("Both");

        assertThat(all.due()).isEmpty();
        assertThat(all.verified(id).state()).isEqualTo(AWAITED);
    }

    @Test
    void whatFailedOrHasNoCheckIsNeverVerified() {
        var failed = all.planned("Failed", clears());
        tasks.finish(tasks.claimed(failed), TaskState.FAILED);
        var unchecked = all.planned("Unchecked", "web", null);
        all.finish(unchecked);

        tasks.resolve("Failed");
        tasks.resolve("Unchecked");

        assertThat(all.due()).isEmpty();
        assertThat(all.verified(failed).state()).isNull();
        assertThat(tasks.task(unchecked).verification()).isNull();
    }

    @Test
    void tasksAreFoundByTheirEffect() {
        var helped = all.done("Helped", clears());
        all.done("Waits", clears());
        tasks.resolve("Helped");
        all.judged(all.due());

        assertThat(all.found(Set.of(EFFECTIVE))).containsExactly(helped);
        assertThat(all.found(Set.of(EFFECTIVE, AWAITED))).hasSize(2);
    }

    @Test
    void noTenantJudgesForAnother() {
        var id = all.done("Theirs", clears());
        all.timeIsUp(id);
        var others = Tasks.fresh();

        assertThat(await(all.verification.judge(others.tenant, looks(all.due(), Optional.empty()))))
                .isEmpty();

        assertThat(all.verified(id).state()).isEqualTo(AWAITED);
    }
}
