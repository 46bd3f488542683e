package io.infraai.persistence.task;

import java.util.List;
import java.util.UUID;

import io.vertx.mutiny.sqlclient.Tuple;
import org.jspecify.annotations.Nullable;

import io.infraai.contracts.identity.TenantId;
import io.infraai.contracts.remediation.NewTask;
import io.infraai.contracts.remediation.TaskState;
import io.infraai.persistence.task.DecisionPass.Decided;
import io.infraai.persistence.tenancy.Columns;
import io.infraai.persistence.tenancy.StoredJson;

/** A task as its columns. */
record NewTaskRow(NewTask task, TaskState state, @Nullable UUID episode) {

    static List<NewTaskRow> of(List<Decided> decisions) {
        return decisions.stream()
                .map(each -> new NewTaskRow(taskOf(each), each.initialState(), each.episode()))
                .toList();
    }

    static NewTaskRow of(NewTask task) {
        return new NewTaskRow(task, TaskState.QUEUED, task.episode());
    }

    static String keyOf(Decided decided) {
        return taskOf(decided).idempotencyKey();
    }

    private static NewTask taskOf(Decided decided) {
        var task = decided.task();
        if (task == null) {
            throw new IllegalStateException("Nothing is to be done for " + decided);
        }
        return task;
    }

    String key() {
        return task.idempotencyKey();
    }

    String tool() {
        return task.tool();
    }

    String target() {
        return task.targetKey();
    }

    String params() {
        return StoredJson.write(task.parameters());
    }

    boolean dryRun() {
        return task.dryRun();
    }

    private String guards() {
        return task.guards().isEmpty() ? "[]" : StoredJson.write(task.guards());
    }

    private @Nullable String check() {
        var followUp = task.followUp();
        return followUp == null ? null : StoredJson.write(followUp.check());
    }

    private @Nullable String nextSteps() {
        var followUp = task.followUp();
        return followUp == null || followUp.steps().isEmpty() ? null : StoredJson.write(followUp.steps());
    }

    private @Nullable Long policy() {
        return task.policyId().isPresent() ? (Long) task.policyId().getAsLong() : null;
    }

    private @Nullable Integer policyRevision() {
        return task.policyId().isPresent() ? (Integer) task.policyRevision() : null;
    }

    /** The parameters of {@link CreationSql#INSERT_TASKS}. */
    static Tuple columns(TenantId tenant, List<NewTaskRow> rows) {
        return Columns.of(rows)
                .value(tenant.value())
                .texts(NewTaskRow::key)
                .uuids(NewTaskRow::episode)
                .longs(NewTaskRow::policy)
                .ints(NewTaskRow::policyRevision)
                .texts(NewTaskRow::target)
                .texts(NewTaskRow::tool)
                .texts(row -> TaskRows.wire(row.task().kind()))
                .texts(NewTaskRow::params)
                .texts(NewTaskRow::guards)
                .flags(NewTaskRow::dryRun)
                .texts(row -> row.state().wire())
                .longs(row -> row.task().maxAge().toMillis())
                .texts(row -> row.task().requestedBy())
                .ints(row -> row.task().approvals())
                .texts(row -> row.task().traceparent())
                .texts(NewTaskRow::check)
                .texts(NewTaskRow::nextSteps)
                .tuple();
    }
}
