package io.infraai.persistence.task;

import java.util.List;
import java.util.Locale;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.mutiny.sqlclient.Row;
import org.jspecify.annotations.Nullable;

import io.infraai.contracts.remediation.Effect;
import io.infraai.contracts.remediation.MetricCheck;
import io.infraai.contracts.remediation.Task;
import io.infraai.contracts.remediation.TaskState;
import io.infraai.contracts.tool.ToolKind;
import io.infraai.persistence.tenancy.Rows;
import io.infraai.persistence.tenancy.StoredJson;

/** Reads tasks as they are shown. */
public final class TaskRows {

    /** What {@link #task} wants to find in a row. */
    public static final String COLUMNS = """
            id, uid, tool, target_key, params::text, state, reason, dry_run, attempt, crashes, episode_id, policy_id,
            policy_revision, requested_by, intent::text, outcome::text, created_at, started_at, done_at, verify::text,
            effect, verify_until, effect_reason, next_task_id,
            CASE WHEN approvals_needed > 0 THEN (
                SELECT jsonb_strip_nulls(jsonb_build_object('id', a.id, 'state', a.state, 'sentence', a.sentence,
                    'target_identity', a.target, 'dry_run', a.evidence -> 'dry_run', 'undo', a.undo,
                    'evidence', nullif(a.evidence - 'dry_run', '{}'), 'expires_at', a.expires_at))
                FROM approval a WHERE a.task_id = task.id ORDER BY a.id DESC LIMIT 1)::text END AS asked""";

    private TaskRows() {}

    /**
     * The tasks of alerts: a plan's first is found by its decision, which no task has an index for, and its later ones by themselves.
     *
     * @param episodes what the id of an episode is compared with, such as {@code = $1}
     */
    public static String idsOf(String episodes) {
        return """
                SELECT task_id AS id FROM decision WHERE episode_id %1$s AND task_id IS NOT NULL
                UNION ALL SELECT id FROM task WHERE episode_id %1$s AND step > 0""".formatted(episodes);
    }

    public static Task task(Row row) {
        return task(row, List.of());
    }

    static Task task(Row row, List<Task.JobLog> journal) {
        return new Task(
                row.getLong("id"),
                row.getUUID("uid"),
                row.getString("tool"),
                row.getString("target_key"),
                StoredJson.tree(row.getString("params")),
                TaskState.of(row.getString("state")),
                row.getString("reason"),
                row.getBoolean("dry_run"),
                row.getInteger("attempt"),
                row.getInteger("crashes"),
                row.getUUID("episode_id"),
                row.getLong("policy_id"),
                row.getInteger("policy_revision"),
                row.getString("requested_by"),
                jsonOrNull(row, "intent"),
                jsonOrNull(row, "outcome"),
                asked(row),
                verified(row),
                Rows.time(row, "created_at"),
                Rows.timeOrNull(row, "started_at"),
                Rows.timeOrNull(row, "done_at"),
                journal);
    }

    static Task.JobLog log(Row row) {
        return new Task.JobLog(
                row.getString("action"),
                row.getString("target"),
                row.getString("status"),
                row.getString("result"),
                row.getInteger("attempt"),
                Rows.time(row, "created_at"));
    }

    private static Task.@Nullable Asked asked(Row row) {
        var asked = row.getString("asked");
        return asked == null ? null : StoredJson.read(asked, Task.Asked.class);
    }

    private static Task.@Nullable Verified verified(Row row) {
        var check = jsonOrNull(row, "verify");
        var effect = row.getString("effect");
        return check == null
                ? null
                : new Task.Verified(
                        check,
                        effect == null ? null : Effect.of(effect),
                        Rows.timeOrNull(row, "verify_until"),
                        row.getString("effect_reason"),
                        row.getLong("next_task_id"));
    }

    static @Nullable JsonNode jsonOrNull(Row row, String column) {
        var json = row.getString(column);
        return json == null ? null : StoredJson.tree(json);
    }

    static List<MetricCheck> guards(Row row) {
        var guards = row.getString("guards");
        return "[]".equals(guards) ? List.of() : List.of(StoredJson.read(guards, MetricCheck[].class));
    }

    static String wire(ToolKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    static ToolKind kind(Row row) {
        return ToolKind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT));
    }
}
