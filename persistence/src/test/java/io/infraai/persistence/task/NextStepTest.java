package io.infraai.persistence.task;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

import org.junit.jupiter.api.Test;

import io.infraai.contracts.remediation.TaskState;
import io.infraai.contracts.tool.ToolKind;
import io.infraai.persistence.policy.Policies;
import io.infraai.persistence.task.TaskVerification.Judged;

import static io.infraai.contracts.remediation.Effect.AWAITED;
import static io.infraai.contracts.remediation.Effect.INEFFECTIVE;
import static io.infraai.contracts.remediation.Effect.UNKNOWN;
import static io.infraai.persistence.task.VerifiedTasks.LOOK;
import static io.infraai.persistence.task.VerifiedTasks.UNDO;
import static io.infraai.persistence.task.VerifiedTasks.clears;
import static io.infraai.persistence.task.VerifiedTasks.document;
import static io.infraai.persistence.task.VerifiedTasks.looks;
import static io.infraai.persistence.task.VerifiedTasks.step;
import static io.infraai.persistence.tenancy.Database.await;
import static io.infraai.persistence.tenancy.Database.awaitAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What is done after an action that didn't help, and what keeps it from being done. */
class NextStepTest {

    private final VerifiedTasks all = new VerifiedTasks();
    private final Tasks tasks = all.tasks;

    @Test
    void whatFallsSilentIsJudgedAtOnceHoweverFarItsPlanHasCome() {
        var first = all.done("Quiet", clears(UNDO, LOOK));
        all.timeIsUp(first);
        var next = all.judged(all.due()).getFirst().next().orElseThrow();
        all.finish(next);
        tasks.fallSilent();

        assertThat(all.judged(all.due())).extracting(Judged::taskId).containsExactly(next);
        assertThat(all.verified(next).state()).isEqualTo(UNKNOWN);
    }

    @Test
    void theNextStepIsBegunOnceHoweverManyVerifiersJudge() {
        var id = all.done("Twice", clears(UNDO, LOOK));
        all.timeIsUp(id);
        var looks = looks(all.due(), Optional.empty());

        var verdicts = awaitAll(List.of(
                        all.verification.judge(tasks.tenant, looks),
                        new PgTaskVerification(tasks.database.scope()).judge(tasks.tenant, looks),
                        all.verification.judge(tasks.tenant, looks)))
                .stream()
                .flatMap(List::stream)
                .toList();

        assertThat(verdicts).singleElement().satisfies(judged -> {
            assertThat(judged.effect()).isEqualTo(INEFFECTIVE);
            assertThat(judged.next()).isPresent();
        });
        var next = verdicts.getFirst().next().orElseThrow();
        assertThat(all.verified(id).nextTaskId()).isEqualTo(next);
        assertThat(tasks.task(id).journal())
                .filteredOn(line -> line.action().equals("verified"))
                .hasSize(1);
        assertThat(all.audited(id)).hasSize(1);
        assertThat(all.ofEpisode(id)).containsExactly(next, id);
    }

    @Test
    void theNextStepIsTheTaskThatWasPlanned() {
        var id = all.done("Planned", clears(step("rollout_undo", ToolKind.GUARDED, "deployment/web", 1), LOOK));
        all.timeIsUp(id);

        var next = all.judged(all.due()).getFirst().next().orElseThrow();

        var task = tasks.task(next);
        assertThat(task.tool()).isEqualTo("rollout_undo");
        assertThat(task.target()).isEqualTo("deployment/web");
        assertThat(task.parameters().path("of").asText()).isEqualTo("rollout_undo");
        assertThat(task.policyId()).isEqualTo(all.policy);
        assertThat(task.requestedBy()).isEqualTo("policy");
        assertThat(all.verified(next).check()).isEqualTo(clears().check());
        assertThat(tasks.database
                        .query(
                                "SELECT idem_key, step, traceparent, next_steps::text AS rest FROM task WHERE id = ?",
                                next)
                        .getFirst())
                .containsEntry("idem_key", all.episodeOf(id) + ":" + all.policy + ":1")
                .containsEntry("step", 1)
                .containsEntry("traceparent", Tasks.TRACE)
                .satisfies(row -> assertThat((String) row.get("rest"))
                        .contains("describe")
                        .doesNotContain("rollout"));
        assertThat(tasks.claimed(next).mustAsk()).as("people are asked anew").isTrue();
    }

    @Test
    void aLastLookIsDoneAndNotVerified() {
        var id = all.done("Looked", clears(LOOK));
        all.timeIsUp(id);

        var next = all.judged(all.due()).getFirst().next().orElseThrow();
        all.finish(next);

        assertThat(tasks.task(next).target()).startsWith("look:");
        assertThat(tasks.task(next).verification()).isNull();
        assertThat(all.due()).isEmpty();
    }

    @Test
    void aVerdictThatCouldNotBeStoredWholeIsNotStoredAtAllAndComesAgain() {
        var id = all.done("Fails", clears(UNDO));
        all.timeIsUp(id);
        var looks = looks(all.due(), Optional.empty());
        tasks.database.change("ALTER TABLE job_logs ADD CONSTRAINT broken CHECK (task_id <> " + id
                + " OR action <> 'verified') NOT VALID");
        try {
            assertThatThrownBy(() -> await(all.verification.judge(tasks.tenant, looks)))
                    .hasMessageContaining("broken");
        } finally {
            tasks.database.change("ALTER TABLE job_logs DROP CONSTRAINT broken");
        }
        assertThat(all.verified(id).state()).isEqualTo(AWAITED);
        assertThat(all.ofEpisode(id)).containsExactly(id);

        tasks.database.change("UPDATE task SET verify_at = now() WHERE id = ?", id);

        assertThat(all.judged(all.due())).hasSize(1);
        assertThat(all.ofEpisode(id)).hasSize(2);
    }

    @Test
    void whilePausedOnlyWhatBeginsNothingIsJudged() {
        var goesOn = all.done("GoesOn", clears(UNDO));
        var ends = all.done("Ends", clears());
        all.timeIsUp(goesOn);
        all.timeIsUp(ends);
        await(tasks.control.pause(tasks.tenant, "ann", "a look"));

        assertThat(all.judged(all.due())).extracting(Judged::taskId).containsExactly(ends);
        assertThat(all.verified(goesOn).state()).isEqualTo(AWAITED);

        await(tasks.control.resume(tasks.tenant, "ann"));
        tasks.database.change("UPDATE task SET verify_at = now() WHERE id = ?", goesOn);
        assertThat(all.judged(all.due()).getFirst().next()).isPresent();
    }

    @Test
    void aPolicyThatWasChangedSinceGoesOnNoFurther() {
        var id = all.done("Changed", clears(UNDO));
        all.timeIsUp(id);
        await(Policies.on(tasks.database).replace(tasks.tenant, all.policy, OptionalInt.empty(), document(), "ann"));

        assertThat(all.judged(all.due()).getFirst().next()).isEmpty();
        assertThat(all.verified(id).reason())
                .endsWith("next comes rollout_undo, which isn't done: the policy was changed since");
    }

    @Test
    void aTargetThatHadItsActionsOfTheDayIsLeftAlone() {
        for (var i = 0; i < 5; i++) {
            all.finish(all.planned("Other" + i, "deployment/web", null));
        }
        var id = all.done("Much", clears(UNDO));
        all.timeIsUp(id);

        assertThat(all.judged(all.due()).getFirst().next()).isEmpty();
        assertThat(all.verified(id).reason()).contains("suppressed, as the target had 5 automatic actions");
    }

    @Test
    void theNextStepEndsWithItsAlert() {
        var id = all.done("Resolves2", clears(UNDO));
        all.timeIsUp(id);
        var next = all.judged(all.due()).getFirst().next().orElseThrow();

        tasks.resolve("Resolves2");

        assertThat(tasks.state(next)).isEqualTo(TaskState.CANCELLED);
    }
}
