package io.infraai.persistence.task;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.jspecify.annotations.Nullable;

import io.infraai.contracts.identity.TenantId;
import io.infraai.contracts.policy.Limits;
import io.infraai.contracts.policy.Outcome;
import io.infraai.contracts.remediation.ClaimedTask;
import io.infraai.contracts.remediation.NewTask;
import io.infraai.contracts.remediation.Task;
import io.infraai.contracts.remediation.TaskOutcome;
import io.infraai.contracts.remediation.TaskState;
import io.infraai.contracts.tool.ToolKind;
import io.infraai.contracts.tool.Undo;
import io.infraai.persistence.intake.AlertIntake;
import io.infraai.persistence.intake.Alerts;
import io.infraai.persistence.intake.Intakes;
import io.infraai.persistence.task.TaskCreation.EpisodeDecisions;
import io.infraai.persistence.task.TaskCreation.Judge;
import io.infraai.persistence.task.TaskCreation.Proposal;
import io.infraai.persistence.task.TaskCreation.Verdict;
import io.infraai.persistence.tenancy.Database;

import static io.infraai.persistence.tenancy.Database.await;

/** One tenant's tasks, from all sides. */
final class Tasks {

    static final Duration LEASE = Duration.ofSeconds(30);
    static final Judge ALLOW = (proposal, _) -> new Verdict(proposal.outcome(), proposal.reason());

    /** The trace that they all belong to. */
    static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private static final AtomicInteger KEYS = new AtomicInteger();

    final Database database;
    final TenantId tenant;
    final TaskCreation creation;
    final TaskExecution execution;
    final TaskControl control;
    final TaskApproval approval;
    final TaskQueries queries;
    final TaskSweep sweep;
    final AlertIntake intake;

    Tasks(Database database, TenantId tenant) {
        this.database = database;
        this.tenant = tenant;
        this.creation = new PgTaskCreation(database.scope(), database.vertx());
        this.execution = new PgTaskExecution(database.scope(), database.vertx());
        this.control = new PgTaskControl(database.scope());
        this.approval = new PgTaskApproval(database.scope());
        this.queries = new PgTaskQueries(database.scope());
        this.sweep = new PgTaskSweep(database.scope());
        this.intake = Intakes.on(database);
    }

    static Tasks fresh() {
        return new Tasks(Database.shared(), Database.shared().newTenant());
    }

    static NewTask manual(String target) {
        return task(target, null, OptionalLong.empty());
    }

    static NewTask task(String target, UUID episode, long policy) {
        return task(target, episode, OptionalLong.of(policy));
    }

    private static NewTask task(String target, @Nullable UUID episode, OptionalLong policy) {
        return task(target, 0, episode, policy, "policy");
    }

    static NewTask task(String target, int approvals, @Nullable UUID episode, OptionalLong policy, String requestedBy) {
        return new NewTask(
                "key-" + KEYS.incrementAndGet(),
                target,
                "restart_pod",
                ToolKind.GUARDED,
                JsonNodeFactory.instance.objectNode().put("pod_name", target),
                approvals,
                false,
                Duration.ofMinutes(15),
                List.of(),
                null,
                episode,
                policy,
                1,
                requestedBy,
                TRACE);
    }

    /** Nobody has told of any alert for longer than is waited. */
    void fallSilent() {
        database.change(
                "UPDATE alert_state SET last_seen = now() - interval '13 hours' WHERE tenant_id = ?", tenant.value());
        await(database.scope()
                .acrossTenants(connection -> connection
                        .query("SELECT sweep_silent_episodes(interval '12 hours', 1000)")
                        .execute()));
    }

    long requested(String target) {
        return await(creation.request(tenant, manual(target))).taskId();
    }

    UUID episode(String alert) {
        return await(intake.accept(tenant, Alerts.batch(tenant, Alerts.firing(alert, start()))))
                .episodes()
                .getFirst();
    }

    void resolve(String alert) {
        await(intake.accept(tenant, Alerts.batch(tenant, Alerts.resolved(alert, start(), start().plusSeconds(1)))));
    }

    private static Instant start() {
        return Instant.parse("2026-11-23T08:00:00Z");
    }

    static EpisodeDecisions wants(UUID episode, long policy, String target) {
        return new EpisodeDecisions(episode, List.of(proposal(episode, policy, target)));
    }

    static Proposal proposal(UUID episode, long policy, String target) {
        return new Proposal(
                policy, 1, Outcome.DISPATCHED, "matched", task(target, episode, policy), Limits.DEFAULT, false);
    }

    /** A task that this many people must agree to. */
    long requestedWith(int approvals, String target, String by) {
        return await(creation.request(tenant, task(target, approvals, null, OptionalLong.empty(), by)))
                .taskId();
    }

    /** The worker's look-up, which ends in a question. */
    TaskExecution.Finished ask(ClaimedTask task) {
        return ask(task, Duration.ofMinutes(30));
    }

    TaskExecution.Finished ask(ClaimedTask task, Duration validity) {
        var undo = new Undo("scale_deployment", JsonNodeFactory.instance.objectNode());
        var dryRun = JsonNodeFactory.instance.objectNode().put("result", "accepted");
        var observed = JsonNodeFactory.instance.objectNode().put("phase", "Running");
        return await(execution.finish(
                task, new TaskOutcome.Ask(uid("u-1"), "Evict pod", Optional.of(undo), dryRun, observed, validity, 10)));
    }

    /** The open request of a task that was looked up. */
    long asked(long task) {
        ask(claimed(task));
        return Objects.requireNonNull(task(task).approval()).id();
    }

    /** An episode with a queued task. */
    long planned(String alert, String target) {
        return await(creation.plan(tenant, List.of(wants(episode(alert), 1, target)), ALLOW))
                .getFirst();
    }

    Optional<ClaimedTask> claim(long id) {
        return await(execution.claim(tenant, id, "w1", LEASE));
    }

    ClaimedTask claimed(long id) {
        return claim(id).orElseThrow();
    }

    boolean intend(ClaimedTask task) {
        return await(execution.intend(task, uid("u-1")));
    }

    TaskExecution.Finished finish(ClaimedTask task, TaskState state) {
        return await(execution.finish(
                task, new TaskOutcome.Ended(state, state.wire() + " it", JsonNodeFactory.instance.objectNode())));
    }

    TaskExecution.Finished tryAgain(ClaimedTask task, Duration after, boolean counted) {
        return await(execution.finish(task, new TaskOutcome.TryAgain(after, counted, "not now")));
    }

    Task task(long id) {
        return await(queries.byId(tenant, id)).orElseThrow();
    }

    TaskState state(long id) {
        return task(id).state();
    }

    void leaseRunsOut(long id) {
        database.change("UPDATE task SET lease_until = now() - interval '1 second' WHERE id = ?", id);
    }

    void growsOld(long id) {
        database.change("UPDATE task SET stale_at = now() - interval '1 minute' WHERE id = ?", id);
    }

    static JsonNode uid(String uid) {
        return JsonNodeFactory.instance.objectNode().put("uid", uid);
    }
}
