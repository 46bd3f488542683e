package io.infraai.persistence.conversation;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import jakarta.inject.Singleton;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import org.jspecify.annotations.Nullable;

import io.infraai.contracts.chat.ChatSession;
import io.infraai.contracts.chat.ChatTurn;
import io.infraai.contracts.chat.NumberedReply;
import io.infraai.contracts.chat.ReplyEvent;
import io.infraai.contracts.chat.TurnFailure;
import io.infraai.contracts.chat.TurnState;
import io.infraai.contracts.chat.Usage;
import io.infraai.contracts.identity.Actor;
import io.infraai.contracts.identity.Role;
import io.infraai.persistence.conversation.TurnRows.StoredEvent;
import io.infraai.persistence.tenancy.Rows;
import io.infraai.persistence.tenancy.StoredJson;
import io.infraai.persistence.tenancy.TenantScope;

@Singleton
final class PgConversations implements Conversations {

    private static final String BEGIN = """
            INSERT INTO chat_session (tenant_id, id, owner, title) VALUES ($1, $2, $3, left($4, 80))
            ON CONFLICT (tenant_id, id) DO NOTHING""";

    private static final String LOCK = "SELECT owner FROM chat_session WHERE id = $1 FOR NO KEY UPDATE";

    private static final String ACTIVE =
            "SELECT id FROM chat_turn WHERE session_id = $1 AND state IN ('queued', 'running') LIMIT 1";

    private static final String OPEN = """
            WITH session AS (
                UPDATE chat_session SET turns = turns + 1, last_used_at = now() WHERE id = $2 RETURNING turns),
            t AS (
                INSERT INTO chat_turn (tenant_id, session_id, number, actor, roles, message, reply_to, key_id, traceparent)
                SELECT $1, $2, turns, $3, $4, $5, $6, $7, $8 FROM session RETURNING *),
            told AS (
                INSERT INTO chat_history (tenant_id, session_id, role, content, turn_id)
                SELECT $1, $2, 'user', $5, id FROM t)
            SELECT %s FROM t""".formatted(TurnRows.COLUMNS);

    private static final String SESSIONS = """
            SELECT id, title, turns, created_at, last_used_at FROM chat_session
            WHERE owner = $1 ORDER BY last_used_at DESC LIMIT $2""";

    private static final String OWN = "SELECT 1 FROM chat_session WHERE id = $1 AND owner = $2";

    private static final String LATEST = """
            SELECT * FROM (SELECT %s FROM chat_turn t WHERE session_id = $1 ORDER BY number DESC LIMIT $2) latest
            ORDER BY number""".formatted(TurnRows.COLUMNS);

    private static final String BY_ID =
            "SELECT " + TurnRows.COLUMNS + " FROM chat_turn t WHERE t.id = $1 AND t.actor = $2";

    private static final String SINCE = """
            SELECT %s FROM chat_turn t
            WHERE session_id = $1 AND (state IN ('queued', 'running', 'waiting')
                OR EXISTS (SELECT 1 FROM chat_event e WHERE e.turn_id = t.id AND e.sequence > $2))
            ORDER BY number""".formatted(TurnRows.COLUMNS);

    private static final String EVENTS = """
            SELECT turn_id, sequence, body::text AS body FROM chat_event
            WHERE turn_id = ANY ($1) AND sequence > $2 ORDER BY sequence""";

    private static final String FOLLOW = """
            UPDATE chat_turn SET reply_to = $3
            WHERE id = $1 AND actor = $2 AND state IN ('queued', 'running', 'waiting') AND reply_to <> $3""";

    /** Where no engine is there to do it, what is told of the end is stored here. */
    private static final String CANCEL = """
            WITH asked AS (
                UPDATE chat_turn SET cancel_requested = true,
                    state = CASE WHEN state = 'running' THEN state ELSE 'cancelled' END,
                    done_at = CASE WHEN state = 'running' THEN done_at ELSE now() END
                WHERE id = $1 AND actor = $2 AND state IN ('queued', 'running', 'waiting')
                RETURNING id, session_id, state),
            numbered AS (
                UPDATE chat_session s SET sequence = s.sequence + $4::bigint, last_used_at = now() FROM asked
                WHERE s.id = asked.session_id AND asked.state = 'cancelled' RETURNING s.sequence),
            stored AS (
                INSERT INTO chat_event (tenant_id, session_id, sequence, turn_id, body)
                SELECT $3, session_id, sequence, id, $5::text::jsonb FROM asked, numbered)
            SELECT state FROM asked""";

    private static final ReplyEvent CANCELLED =
            new ReplyEvent.Failed(TurnFailure.CANCELLED, "The turn was cancelled", Usage.NONE);

    private static final String STATE = "SELECT state FROM chat_turn WHERE id = $1 AND actor = $2";

    private static final String OWN_LOCKED = "SELECT 1 FROM chat_session WHERE id = $1 AND owner = $2 FOR UPDATE";

    private static final String UNFINISHED =
            "SELECT id FROM chat_turn WHERE session_id = $1 AND state IN ('queued', 'running', 'waiting') LIMIT 1";

    /** What refers to another stands before it. */
    private static final List<String> DELETE = List.of(
            "DELETE FROM chat_wait WHERE turn_id IN (SELECT id FROM chat_turn WHERE session_id = $1)",
            "DELETE FROM chat_event WHERE session_id = $1",
            "DELETE FROM chat_turn WHERE session_id = $1",
            "DELETE FROM chat_history WHERE session_id = $1",
            "DELETE FROM chat_session WHERE id = $1");

    private static final String WITHIN = """
            SELECT count(*)::int AS turns FROM chat_turn
            WHERE actor = $1 AND created_at > now() - make_interval(secs => $2::float8)""";

    private final TenantScope scope;

    PgConversations(TenantScope scope) {
        this.scope = scope;
    }

    @Override
    public Uni<Opened> open(
            Actor actor,
            Optional<String> keyId,
            String sessionId,
            String message,
            String replyTo,
            @Nullable String traceparent) {
        var roles = actor.roles().stream().map(Role::wire).sorted().toArray(String[]::new);
        var turn = Tuple.tuple()
                .addString(actor.tenant().value())
                .addString(sessionId)
                .addString(actor.subject())
                .addArrayOfString(roles)
                .addString(message)
                .addString(replyTo)
                .addString(keyId.orElse(null))
                .addString(traceparent);
        var begin = Tuple.of(actor.tenant().value(), sessionId, actor.subject(), message);
        return scope.in(
                actor.tenant(),
                connection -> connection
                        .preparedQuery(BEGIN)
                        .execute(begin)
                        .chain(() -> connection.preparedQuery(LOCK).execute(Tuple.of(sessionId)))
                        .map(rows ->
                                Rows.first(rows, row -> row.getString("owner")).orElseThrow())
                        .chain(owner -> owner.equals(actor.subject())
                                ? next(connection, sessionId, turn)
                                : Uni.createFrom().item(new Opened.NotYours())));
    }

    private static Uni<Opened> next(SqlConnection connection, String sessionId, Tuple turn) {
        return connection
                .preparedQuery(ACTIVE)
                .execute(Tuple.of(sessionId))
                .map(rows -> Rows.first(rows, row -> row.getUUID("id")))
                .chain(active -> active.<Uni<Opened>>map(id -> Uni.createFrom().item(new Opened.Busy(id)))
                        .orElseGet(() -> connection
                                .preparedQuery(OPEN)
                                .execute(turn)
                                .map(rows -> new Opened.Turn(Rows.first(rows, row -> TurnRows.turn(row, List.of()))
                                        .orElseThrow()))));
    }

    @Override
    public Uni<List<ChatSession>> sessions(Actor actor, int limit) {
        return scope.in(
                actor.tenant(),
                connection -> connection
                        .preparedQuery(SESSIONS)
                        .execute(Tuple.of(actor.subject(), limit))
                        .map(rows -> Rows.list(
                                rows,
                                row -> new ChatSession(
                                        row.getString("id"),
                                        row.getString("title"),
                                        row.getInteger("turns"),
                                        Rows.time(row, "created_at"),
                                        Rows.time(row, "last_used_at")))));
    }

    @Override
    public Uni<Optional<List<ChatTurn>>> history(Actor actor, String sessionId, int limit) {
        return ofOwn(
                actor, sessionId, connection -> turns(connection, LATEST, Tuple.of(sessionId, limit), Long.MIN_VALUE));
    }

    @Override
    public Uni<Optional<ChatTurn>> turn(Actor actor, UUID turnId) {
        return scope.in(
                actor.tenant(),
                connection -> turns(connection, BY_ID, Tuple.of(turnId, actor.subject()), Long.MIN_VALUE)
                        .map(turns -> turns.stream().findFirst()));
    }

    @Override
    public Uni<Optional<List<ChatTurn>>> since(Actor actor, String sessionId, long sequence) {
        return ofOwn(actor, sessionId, connection -> turns(connection, SINCE, Tuple.of(sessionId, sequence), sequence));
    }

    private Uni<Optional<List<ChatTurn>>> ofOwn(Actor actor, String sessionId, Look look) {
        return scope.in(
                actor.tenant(),
                connection -> connection
                        .preparedQuery(OWN)
                        .execute(Tuple.of(sessionId, actor.subject()))
                        .chain(rows -> rows.size() == 0
                                ? Uni.createFrom().item(Optional.empty())
                                : look.at(connection).map(Optional::of)));
    }

    private static Uni<List<ChatTurn>> turns(SqlConnection connection, String sql, Tuple parameters, long after) {
        return connection.preparedQuery(sql).execute(parameters).chain(found -> {
            var ids = Rows.list(found, row -> row.getUUID("id")).toArray(UUID[]::new);
            return connection
                    .preparedQuery(EVENTS)
                    .execute(Tuple.of(ids, after))
                    .map(rows -> {
                        var events = Rows.list(rows, StoredEvent::of);
                        return Rows.list(found, row -> TurnRows.turn(row, events));
                    });
        });
    }

    @Override
    public Uni<Void> follow(Actor actor, UUID turnId, String replyTo) {
        return scope.in(
                actor.tenant(),
                connection -> connection
                        .preparedQuery(FOLLOW)
                        .execute(Tuple.of(turnId, actor.subject(), replyTo))
                        .replaceWithVoid());
    }

    @Override
    public Uni<Cancelled> cancel(Actor actor, UUID turnId) {
        var turn = Tuple.of(turnId, actor.subject());
        var cancelled = Tuple.of(
                turnId,
                actor.subject(),
                actor.tenant().value(),
                (long) NumberedReply.BLOCK,
                StoredJson.write(CANCELLED));
        return scope.in(
                actor.tenant(),
                connection -> state(connection, CANCEL, cancelled)
                        .chain(moved -> moved.<Uni<Cancelled>>map(
                                        now -> Uni.createFrom().item(new Cancelled.Asked(now)))
                                .orElseGet(() -> state(connection, STATE, turn)
                                        .map(ended -> ended.<Cancelled>map(Cancelled.Ended::new)
                                                .orElseGet(Cancelled.Unknown::new)))));
    }

    private static Uni<Optional<TurnState>> state(SqlConnection connection, String sql, Tuple turn) {
        return connection
                .preparedQuery(sql)
                .execute(turn)
                .map(rows -> Rows.first(rows, row -> TurnState.of(row.getString("state"))));
    }

    @Override
    public Uni<Deleted> delete(Actor actor, String sessionId) {
        return scope.in(
                actor.tenant(),
                connection -> connection
                        .preparedQuery(OWN_LOCKED)
                        .execute(Tuple.of(sessionId, actor.subject()))
                        .chain(rows -> rows.size() == 0
                                ? Uni.createFrom().item(new Deleted.Unknown())
                                : deleteUnlessBusy(connection, sessionId)));
    }

    private static Uni<Deleted> deleteUnlessBusy(SqlConnection connection, String sessionId) {
        return connection
                .preparedQuery(UNFINISHED)
                .execute(Tuple.of(sessionId))
                .map(rows -> Rows.first(rows, row -> row.getUUID("id")))
                .chain(unfinished -> unfinished
                        .<Uni<Deleted>>map(id -> Uni.createFrom().item(new Deleted.Busy(id)))
                        .orElseGet(() -> Multi.createFrom()
                                .iterable(DELETE)
                                .onItem()
                                .transformToUniAndConcatenate(
                                        sql -> connection.preparedQuery(sql).execute(Tuple.of(sessionId)))
                                .collect()
                                .last()
                                .replaceWith(new Deleted.Gone())));
    }

    @Override
    public Uni<Integer> turnsWithin(Actor actor, Duration time) {
        return scope.in(
                actor.tenant(),
                connection -> connection
                        .preparedQuery(WITHIN)
                        .execute(Tuple.of(actor.subject(), Rows.seconds(time)))
                        .map(rows -> rows.iterator().next().getInteger("turns")));
    }

    @FunctionalInterface
    private interface Look {
        Uni<List<ChatTurn>> at(SqlConnection connection);
    }
}
