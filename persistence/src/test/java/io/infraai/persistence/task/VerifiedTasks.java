package io.infraai.persistence.task;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

import io.infraai.contracts.policy.Limits;
import io.infraai.contracts.policy.Outcome;
import io.infraai.contracts.remediation.Effect;
import io.infraai.contracts.remediation.FollowUp;
import io.infraai.contracts.remediation.NewTask;
import io.infraai.contracts.remediation.NextStep;
import io.infraai.contracts.remediation.Task;
import io.infraai.contracts.remediation.TaskState;
import io.infraai.contracts.tool.ToolKind;
import io.infraai.persistence.policy.Policies;
import io.infraai.persistence.task.TaskCreation.EpisodeDecisions;
import io.infraai.persistence.task.TaskCreation.Proposal;
import io.infraai.persistence.task.TaskQueries.Filter;
import io.infraai.persistence.task.TaskVerification.Due;
import io.infraai.persistence.task.TaskVerification.Judged;
import io.infraai.persistence.task.TaskVerification.Look;
import io.infraai.persistence.task.TaskVerification.Said;
import io.infraai.persistence.task.TaskVerification.Sign;

import static io.infraai.persistence.tenancy.Database.await;

/** Tasks with plans, their ends, and what verifiers do with them. */
final class VerifiedTasks {

    static final NextStep UNDO = step("rollout_undo", ToolKind.GUARDED, "deployment/web", 0);
    static final NextStep LOOK = step("describe", ToolKind.READING, "", 0);

    private static final Duration AGAIN = Duration.ofMinutes(1);

    final Tasks tasks = Tasks.fresh();
    final TaskVerification verification = new PgTaskVerification(tasks.database.scope());
    final long policy = savedPolicy();

    private long savedPolicy() {
        return await(Policies.on(tasks.database).create(tasks.tenant, document(), "ann"))
                .id();
    }

    static ObjectNode document() {
        var document = JsonNodeFactory.instance.objectNode().put("name", "p").put("priority", 1);
        document.putObject("condition");
        document.putObject("action");
        return document;
    }

    static FollowUp clears(NextStep... steps) {
        return new FollowUp(JsonNodeFactory.instance.objectNode().put("alert_clears", "10m"), List.of(steps));
    }

    static FollowUp metric() {
        var check = JsonNodeFactory.instance.objectNode().put("within", "10m");
        check.putObject("promql").put("query", "load").put("below", 0.9);
        return new FollowUp(check, List.of());
    }

    static NextStep step(String tool, ToolKind kind, String target, int approvals) {
        return new NextStep(
                tool, kind, target, JsonNodeFactory.instance.objectNode().put("of", tool), approvals, 5);
    }

    long planned(String alert, FollowUp followUp) {
        return planned(alert, "pod/" + alert, followUp);
    }

    long planned(String alert, String target, @Nullable FollowUp followUp) {
        var episode = tasks.episode(alert);
        var task = Tasks.task(target, 0, episode, OptionalLong.of(policy), "policy");
        var verified = new NewTask(
                task.idempotencyKey(),
                task.targetKey(),
                task.tool(),
                task.kind(),
                task.parameters(),
                0,
                false,
                task.maxAge(),
                task.guards(),
                followUp,
                episode,
                task.policyId(),
                task.policyRevision(),
                task.requestedBy(),
                task.traceparent());
        var proposal = new Proposal(policy, 1, Outcome.DISPATCHED, "matched", verified, Limits.DEFAULT, false);
        return await(tasks.creation.plan(
                        tasks.tenant, List.of(new EpisodeDecisions(episode, List.of(proposal))), Tasks.ALLOW))
                .getFirst();
    }

    long done(String alert, FollowUp followUp) {
        var id = planned(alert, followUp);
        finish(id);
        return id;
    }

    void finish(long id) {
        tasks.finish(tasks.claimed(id), TaskState.DONE);
    }

    void timeIsUp(long id) {
        tasks.database.change(
                "UPDATE task SET done_at = done_at - interval '10 min', verify_until = verify_until - interval '10 min',"
                        + " verify_at = now() WHERE id = ?",
                id);
    }

    List<Due> due() {
        return Stream.of(Sign.values())
                .flatMap(sign -> await(verification.claim(sign, AGAIN, 1_000)).stream())
                .filter(due -> due.tenant().equals(tasks.tenant))
                .toList();
    }

    static List<Look> looks(List<Due> due, Optional<Said> said) {
        return due.stream().map(each -> new Look(each.taskId(), said)).toList();
    }

    List<Judged> judged(List<Due> due) {
        return await(verification.judge(tasks.tenant, looks(due, Optional.empty())));
    }

    List<Judged> judged(long id, Said said) {
        Uni<List<Judged>> judged = verification.judge(tasks.tenant, List.of(new Look(id, Optional.of(said))));
        return await(judged);
    }

    Task.Verified verified(long id) {
        return Objects.requireNonNull(tasks.task(id).verification());
    }

    UUID episodeOf(long id) {
        return Objects.requireNonNull(tasks.task(id).episodeId());
    }

    List<Long> ofEpisode(long id) {
        return await(tasks.queries.find(
                        tasks.tenant, new Filter(Set.of(), Set.of(), episodeOf(id), OptionalLong.empty(), 10)))
                .stream()
                .map(Task::id)
                .toList();
    }

    List<Long> found(Set<Effect> effects) {
        return await(tasks.queries.find(tasks.tenant, new Filter(Set.of(), effects, null, OptionalLong.empty(), 10)))
                .stream()
                .map(Task::id)
                .toList();
    }

    List<Object> audited(long id) {
        return tasks
                .database
                .query(
                        "SELECT detail FROM audit_entry WHERE tenant_id = ? AND task_id = ? AND action = 'verified'",
                        tasks.tenant.value(),
                        id)
                .stream()
                .map(row -> row.get("detail"))
                .toList();
    }
}
