package io.infraai.persistence.conversation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import jakarta.inject.Singleton;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;

import io.infraai.contracts.chat.NumberedReply;
import io.infraai.contracts.chat.ReplyEvent;
import io.infraai.contracts.chat.TurnState;
import io.infraai.contracts.chat.Usage;
import io.infraai.contracts.identity.Actor;
import io.infraai.contracts.identity.Role;
import io.infraai.contracts.identity.TenantId;
import io.infraai.contracts.remediation.TaskState;
import io.infraai.contracts.stream.TurnRung;
import io.infraai.persistence.conversation.TurnRows.StoredEvent;
import io.infraai.persistence.tenancy.Columns;
import io.infraai.persistence.tenancy.Rows;
import io.infraai.persistence.tenancy.StoredJson;
import io.infraai.persistence.tenancy.TenantScope;

@Singleton
final class PgTurnExecution implements TurnExecution {

    /** Turns of the session that are handed out with a claim; what is older is in the session's summary. */
    private static final int EARLIER = 40;

    /** A turn that was let go of to wait, and goes on, is in its first attempt still. */
    private static final String CLAIM = """
            UPDATE chat_turn t SET state = 'running', fence = nextval('chat_fence'),
                attempt = attempt + CASE WHEN state = 'running' OR attempt = 0 THEN 1 ELSE 0 END,
                lease_until = now() + make_interval(secs => $2::float8),
                ring_at = now() + make_interval(secs => $2::float8)
            WHERE id = $1 AND (state = 'queued' OR state = 'running' AND lease_until < now())
            RETURNING id, session_id, number, actor, roles, message, fence, attempt, traceparent,
                (extract(epoch FROM now() - t.created_at) * 1000)::bigint AS age""";

    private static final String FORGET_WAITS = "DELETE FROM chat_wait WHERE turn_id = $1";

    private static final String SUMMARY = "SELECT summary FROM chat_session WHERE id = $1";

    private static final String EARLIER_TURNS = """
            SELECT * FROM (SELECT %s FROM chat_turn t
                           WHERE session_id = $1 AND number < $2
                             AND number > (SELECT summarised FROM chat_session WHERE id = $1)
                           ORDER BY number DESC LIMIT $3) latest
            ORDER BY number""".formatted(TurnRows.COLUMNS);

    private static final String EVENTS = """
            SELECT turn_id, sequence, body::text AS body FROM chat_event
            WHERE turn_id IN (SELECT id FROM chat_turn
                              WHERE session_id = $1 AND number <= $2
                                AND number > (SELECT summarised FROM chat_session WHERE id = $1)
                              ORDER BY number DESC LIMIT $3 + 1)
            ORDER BY sequence""";

    private static final String CHARGE = """
            charged AS (
                INSERT INTO model_usage AS u (tenant_id, actor, day, tokens_in, tokens_out, cost_micros)
                SELECT $1, actor, (now() AT TIME ZONE 'UTC')::date, $6::bigint, $7::bigint, $8::bigint FROM held
                WHERE $6 + $7 + $8 > 0
                ON CONFLICT (tenant_id, actor, day) DO UPDATE SET tokens_in = u.tokens_in + excluded.tokens_in,
                    tokens_out = u.tokens_out + excluded.tokens_out,
                    cost_micros = u.cost_micros + excluded.cost_micros
                RETURNING tokens_in, tokens_out, cost_micros)""";

    /**
     * A turn that came without a key keeps the roles that it was asked with. Roles are null when the key holds no more. What was
     * spent is the row as the charge has left it, else as it was.
     */
    private static final String TOLD = """
            SELECT sequence, reply_to, held.actor, CASE WHEN held.key_id IS NULL THEN held.roles ELSE k.roles END AS roles,
                coalesce(c.tokens_in, u.tokens_in, 0) AS tokens_in, coalesce(c.tokens_out, u.tokens_out, 0) AS tokens_out,
                coalesce(c.cost_micros, u.cost_micros, 0) AS cost_micros
            FROM held CROSS JOIN numbered LEFT JOIN charged c ON true
            LEFT JOIN model_usage u ON u.actor = held.actor AND u.day = (now() AT TIME ZONE 'UTC')::date
            LEFT JOIN api_key k ON k.id = held.key_id AND k.revoked_at IS NULL
                AND (k.expires_at IS NULL OR k.expires_at > now())""";

    /**
     * The claim is looked at, the event numbered, stored and charged for in one statement, which also says what the user may do
     * from here on. The turn's row is locked and not written: its lease is the heartbeat's.
     */
    private static final String RECORD = """
            WITH held AS (
                SELECT session_id, actor, key_id, roles, reply_to FROM chat_turn
                WHERE id = $2 AND fence = $3 AND state = 'running' FOR NO KEY UPDATE),
            numbered AS (
                UPDATE chat_session s SET sequence = s.sequence + $4::bigint FROM held
                WHERE s.id = held.session_id RETURNING s.sequence),
            stored AS (
                INSERT INTO chat_event (tenant_id, session_id, sequence, turn_id, body)
                SELECT $1, session_id, sequence, $2, $5::text::jsonb FROM held, numbered),
            %s
            %s""".formatted(CHARGE, TOLD);

    private static final String FINISH = """
            WITH held AS (
                UPDATE chat_turn SET state = $9, reply = $10, lease_until = NULL, done_at = now()
                WHERE id = $2 AND fence = $3 AND state = 'running' RETURNING session_id, actor, key_id, roles, reply_to),
            numbered AS (
                UPDATE chat_session s SET sequence = s.sequence + $4::bigint, last_used_at = now() FROM held
                WHERE s.id = held.session_id RETURNING s.sequence),
            stored AS (
                INSERT INTO chat_event (tenant_id, session_id, sequence, turn_id, body)
                SELECT $1, session_id, sequence, $2, $5::text::jsonb FROM held, numbered),
            told AS (
                INSERT INTO chat_history (tenant_id, session_id, role, content, turn_id)
                SELECT $1, session_id, 'assistant', $10, $2 FROM held),
            %s
            %s""".formatted(CHARGE, TOLD);

    private static final String LET_GO = """
            UPDATE chat_turn SET state = 'waiting', lease_until = NULL WHERE id = $1 AND fence = $2 AND state = 'running'
            RETURNING cancel_requested""";

    private static final String WAIT = """
            INSERT INTO chat_wait (tenant_id, turn_id, task_id, seen)
            SELECT $1, $2, w.task_id, w.seen FROM unnest($3::bigint[], $4::text[]) AS w(task_id, seen)""";

    private static final String HEARTBEAT = """
            UPDATE chat_turn SET lease_until = now() + make_interval(secs => $3::float8),
                ring_at = now() + make_interval(secs => $3::float8)
            WHERE id = $1 AND fence = $2 AND state = 'running' RETURNING cancel_requested""";

    private static final String SUMMARISE =
            "UPDATE chat_session SET summary = $2, summarised = $3 WHERE id = $1 AND summarised < $3";

    private final TenantScope scope;

    PgTurnExecution(TenantScope scope) {
        this.scope = scope;
    }

    @Override
    public Uni<Optional<ClaimedTurn>> claim(TenantId tenant, UUID turnId, Duration lease) {
        return scope.in(
                tenant,
                connection -> connection
                        .preparedQuery(CLAIM)
                        .execute(Tuple.of(turnId, Rows.seconds(lease)))
                        .map(rows -> Rows.first(rows, row -> row))
                        .chain(row -> row.map(it -> load(connection, tenant, it).map(Optional::of))
                                .orElseGet(() -> Uni.createFrom().item(Optional.empty()))));
    }

    /** None of them needs another's answer, so they are sent together. */
    private static Uni<ClaimedTurn> load(SqlConnection connection, TenantId tenant, Row turn) {
        var session = turn.getString("session_id");
        var latest = Tuple.of(session, turn.getInteger("number"), EARLIER);
        return Uni.combine()
                .all()
                .unis(
                        connection.preparedQuery(FORGET_WAITS).execute(Tuple.of(turn.getUUID("id"))),
                        connection.preparedQuery(SUMMARY).execute(Tuple.of(session)),
                        connection.preparedQuery(EARLIER_TURNS).execute(latest),
                        connection.preparedQuery(EVENTS).execute(latest))
                .with((_, summary, earlier, events) -> claimed(
                        tenant,
                        turn,
                        summary.iterator().next().getString("summary"),
                        Rows.list(earlier, row -> row),
                        Rows.list(events, StoredEvent::of)));
    }

    private static ClaimedTurn claimed(
            TenantId tenant, Row turn, String summary, List<Row> earlier, List<StoredEvent> events) {
        var id = turn.getUUID("id");
        return new ClaimedTurn(
                new Actor(tenant, turn.getString("actor"), roles(turn.getArrayOfStrings("roles"))),
                id,
                turn.getString("session_id"),
                turn.getString("message"),
                turn.getLong("fence"),
                turn.getInteger("attempt"),
                events.stream()
                        .filter(event -> event.turnId().equals(id))
                        .map(event -> event.reply().event())
                        .toList(),
                summary,
                earlier.stream().map(row -> TurnRows.turn(row, events)).toList(),
                Duration.ofMillis(turn.getLong("age")),
                turn.getString("traceparent"));
    }

    private static Set<Role> roles(String... stored) {
        return Arrays.stream(stored).map(Role::of).collect(Collectors.toSet());
    }

    @Override
    public Uni<Optional<Recorded>> record(ClaimedTurn turn, ReplyEvent event, Usage usage) {
        return recorded(turn, RECORD, Tuple.from(parameters(turn, event, usage)));
    }

    @Override
    public Uni<Optional<Recorded>> finish(
            ClaimedTurn turn, TurnState state, String reply, ReplyEvent last, Usage usage) {
        var parameters = new ArrayList<>(parameters(turn, last, usage));
        parameters.add(state.wire());
        parameters.add(reply);
        return recorded(turn, FINISH, Tuple.from(parameters));
    }

    private static List<Object> parameters(ClaimedTurn turn, ReplyEvent event, Usage usage) {
        return List.of(
                turn.actor().tenant().value(),
                turn.turnId(),
                turn.fence(),
                (long) NumberedReply.BLOCK,
                StoredJson.write(event),
                usage.tokensIn(),
                usage.tokensOut(),
                usage.costMicros());
    }

    private Uni<Optional<Recorded>> recorded(ClaimedTurn turn, String sql, Tuple parameters) {
        return scope.once(
                turn.actor().tenant(),
                connection -> connection
                        .preparedQuery(sql)
                        .execute(parameters)
                        .map(rows ->
                                Rows.first(rows, row -> recorded(turn.actor().tenant(), row))));
    }

    private static Recorded recorded(TenantId tenant, Row row) {
        var roles = row.getArrayOfStrings("roles");
        var actor = new Actor(tenant, row.getString("actor"), roles == null ? Set.of() : roles(roles));
        var spent = new Usage(row.getLong("tokens_in"), row.getLong("tokens_out"), row.getLong("cost_micros"));
        return new Recorded(
                row.getLong("sequence"), row.getString("reply_to"), new Standing(roles != null, actor, spent));
    }

    @Override
    public Uni<Boolean> await(ClaimedTurn turn, Map<Long, TaskState> seen) {
        var waits = Columns.of(seen.entrySet())
                .value(turn.actor().tenant().value())
                .value(turn.turnId())
                .longs(Map.Entry::getKey)
                .texts(entry -> entry.getValue().wire())
                .tuple();
        return scope.in(
                turn.actor().tenant(),
                connection -> connection
                        .preparedQuery(LET_GO)
                        .execute(Tuple.of(turn.turnId(), turn.fence()))
                        .chain(rows -> rows.size() == 0
                                ? Uni.createFrom().item(false)
                                : connection.preparedQuery(WAIT).execute(waits).replaceWith(true)));
    }

    @Override
    public Uni<Optional<Boolean>> heartbeat(ClaimedTurn turn, Duration lease) {
        return scope.once(
                turn.actor().tenant(),
                connection -> connection
                        .preparedQuery(HEARTBEAT)
                        .execute(Tuple.of(turn.turnId(), turn.fence(), Rows.seconds(lease)))
                        .map(rows -> Rows.first(rows, row -> row.getBoolean("cancel_requested"))));
    }

    @Override
    public Uni<Void> summarise(ClaimedTurn turn, String summary, int upTo) {
        return scope.in(
                turn.actor().tenant(),
                connection -> connection
                        .preparedQuery(SUMMARISE)
                        .execute(Tuple.of(turn.sessionId(), summary, upTo))
                        .replaceWithVoid());
    }

    @Override
    public Uni<List<TurnRung>> due(Duration age, int limit) {
        return sweep(
                "SELECT tenant_id, id FROM sweep_turns(make_interval(secs => $1::float8), $2)",
                Tuple.of(Rows.seconds(age), limit));
    }

    @Override
    public Uni<List<TurnRung>> woken(int limit) {
        return sweep("SELECT tenant_id, id FROM sweep_waiting_turns($1)", Tuple.of(limit));
    }

    private Uni<List<TurnRung>> sweep(String sql, Tuple parameters) {
        return scope.acrossTenants(connection -> connection
                .preparedQuery(sql)
                .execute(parameters)
                .map(rows -> Rows.list(
                        rows, row -> new TurnRung(new TenantId(row.getString("tenant_id")), row.getUUID("id")))));
    }
}
