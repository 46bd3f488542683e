package io.infraai.persistence.audit;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

import jakarta.inject.Singleton;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import org.jspecify.annotations.Nullable;

import io.infraai.contracts.audit.AuditAction;
import io.infraai.contracts.audit.AuditCheck;
import io.infraai.contracts.audit.AuditEntry;
import io.infraai.contracts.audit.AuditHead;
import io.infraai.contracts.identity.TenantId;
import io.infraai.persistence.tenancy.Rows;
import io.infraai.persistence.tenancy.StoredJson;
import io.infraai.persistence.tenancy.TenantScope;

@Singleton
final class PgAuditLog implements AuditLog {

    /** Entries that are looked through for a part of those that are wanted. */
    static final int LOOKED_THROUGH = 20_000;

    /** What was looked through last comes along even where it isn't wanted: from there the next part goes on. */
    private static final String FIND = """
            WITH seen AS MATERIALIZED (
                SELECT *, ($4::text IS NULL OR actor = $4) AND (cardinality($5::text[]) = 0 OR action = ANY ($5))
                          AND ($6::text IS NULL OR target = $6) AND ($7::bigint IS NULL OR task_id = $7) AS wanted
                FROM audit_entry WHERE (place, id) < ($1, $2) ORDER BY place DESC, id DESC LIMIT $3),
            shown AS (
                (SELECT * FROM seen WHERE wanted ORDER BY place DESC, id DESC LIMIT $8)
                UNION ALL SELECT * FROM (SELECT * FROM seen ORDER BY place, id LIMIT 1) l WHERE NOT wanted)
            SELECT %s, wanted, (SELECT count(*) FROM seen) AS looked, b.previous, b.hashes, b.last_seq, cardinality(b.ids) AS size,
                   array_position(b.ids, s.id) AS link
            FROM shown s LEFT JOIN LATERAL (
                SELECT * FROM audit_block b WHERE (b.last_place, b.last_id) >= (s.place, s.id)
                ORDER BY b.last_place, b.last_id LIMIT 1) b ON true
            ORDER BY place DESC, id DESC""".formatted(ChainEntry.COLUMNS);

    private final TenantScope scope;
    private final AuditWalk walk;

    PgAuditLog(TenantScope scope) {
        this.scope = scope;
        this.walk = new AuditWalk(scope);
    }

    @Override
    public Uni<Void> write(TenantId tenant, AuditNote note) {
        return scope.in(tenant, connection -> AuditTrail.write(connection, tenant, note));
    }

    @Override
    public Uni<Part> find(TenantId tenant, Filter filter) {
        var before = filter.before().orElse(new Place(Long.MAX_VALUE, Long.MAX_VALUE));
        var look = filter.isOpen() ? filter.limit() + 1 : LOOKED_THROUGH;
        var parameters = Tuple.tuple()
                .addLong(before.place())
                .addLong(before.id())
                .addLong((long) look)
                .addString(filter.actor())
                .addArrayOfString(
                        filter.actions().stream().map(AuditAction::wire).toArray(String[]::new))
                .addString(filter.target())
                .addLong(filter.taskId())
                .addLong(filter.limit() + 1L);
        return scope.in(
                tenant,
                connection -> connection
                        .preparedQuery(FIND)
                        .execute(parameters)
                        .map(rows -> part(rows, filter.limit(), look)));
    }

    private static Part part(RowSet<Row> rows, int limit, int look) {
        var all = Rows.list(rows, row -> row);
        var wanted = all.stream().filter(row -> row.getBoolean("wanted")).toList();
        var entries = wanted.stream().limit(limit).map(PgAuditLog::entry).toList();
        if (wanted.size() > limit) {
            return new Part(entries, Optional.of(place(wanted.get(limit - 1))));
        }
        var more = !all.isEmpty() && all.getLast().getLong("looked") == look;
        return new Part(entries, more ? Optional.of(place(all.getLast())) : Optional.empty());
    }

    @Override
    public Uni<AuditCheck> verify(TenantId tenant, AuditHead after, List<AuditHead> anchors) {
        return walk.from(tenant, after, anchors);
    }

    private static Place place(Row row) {
        return new Place(row.getLong("place"), row.getLong("id"));
    }

    private static AuditEntry entry(Row row) {
        var link = row.getInteger("link");
        return new AuditEntry(
                row.getLong("id"),
                Rows.time(row, "at"),
                row.getString("actor"),
                row.getString("action"),
                row.getString("target"),
                row.getLong("task_id"),
                StoredJson.tree(row.getString("detail")),
                link == null ? null : row.getLong("last_seq") - row.getInteger("size") + link,
                link == null ? null : hash(row, link - 1),
                hash(row, link));
    }

    /** The link with this number in its block, from 1; before the first lies the previous block's last. */
    private static @Nullable String hash(Row row, @Nullable Integer link) {
        if (link == null) {
            return null;
        }
        var end = link * AuditChain.WIDTH;
        return link == 0
                ? HexFormat.of().formatHex(row.get(Buffer.class, "previous").getBytes())
                : HexFormat.of().formatHex(row.get(Buffer.class, "hashes").getBytes(end - AuditChain.WIDTH, end));
    }
}
