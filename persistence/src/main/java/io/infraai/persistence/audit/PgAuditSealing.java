package io.infraai.persistence.audit;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import jakarta.inject.Singleton;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;

import io.infraai.contracts.identity.TenantId;
import io.infraai.persistence.tenancy.Rows;
import io.infraai.persistence.tenancy.TenantScope;

@Singleton
final class PgAuditSealing implements AuditSealing {

    /** Entries of one block. */
    static final int MOST = 1_000;

    private static final String BACKLOG =
            "SELECT tenant_id, greatest(0, extract(epoch FROM age) * 1000)::bigint AS age FROM audit_backlog()";

    private static final String LOCK = "SELECT pg_try_advisory_xact_lock(hashtext('audit'), hashtext($1)) AS locked";

    static final String LAST_BLOCK =
            "SELECT " + ChainBlock.COLUMNS + " FROM audit_block ORDER BY last_seq DESC LIMIT 1";

    /** Only before the oldest transaction that still runs, so that none can write an entry in front of the chain's end. */
    private static final String SETTLED = """
            SELECT %s FROM audit_entry
            WHERE (place, id) > ($1, $2) AND place < (
                SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint + shift FROM audit_epoch)
            ORDER BY place, id LIMIT $3""".formatted(ChainEntry.COLUMNS);

    private static final String INSERT = """
            INSERT INTO audit_block (tenant_id, last_seq, last_place, last_id, previous, ids, hashes)
            VALUES ($1, $2, $3, $4, $5, $6, $7)""";

    private final TenantScope scope;

    PgAuditSealing(TenantScope scope) {
        this.scope = scope;
    }

    @Override
    public Uni<List<Backlog>> backlog() {
        return scope.acrossTenants(connection -> connection
                .preparedQuery(BACKLOG)
                .execute()
                .map(rows -> Rows.list(
                        rows,
                        row -> new Backlog(
                                new TenantId(row.getString("tenant_id")), Duration.ofMillis(row.getLong("age"))))));
    }

    /** Only after the lock: each statement sees what was committed before it began. */
    @Override
    public Uni<Optional<Sealed>> seal(TenantId tenant) {
        return scope.in(
                tenant,
                connection -> connection
                        .preparedQuery(LOCK)
                        .execute(Tuple.of(tenant.value()))
                        .chain(rows -> rows.iterator().next().getBoolean("locked")
                                ? sealNext(connection, tenant)
                                : Uni.createFrom().item(Optional.empty())));
    }

    private static Uni<Optional<Sealed>> sealNext(SqlConnection connection, TenantId tenant) {
        return connection
                .preparedQuery(LAST_BLOCK)
                .execute()
                .map(rows -> Rows.first(rows, row -> ChainBlock.of(row).end(tenant))
                        .orElseGet(() -> AuditChain.start(tenant)))
                .chain(chain -> connection
                        .preparedQuery(SETTLED)
                        .execute(Tuple.of(chain.end().place(), chain.end().id(), MOST))
                        .map(rows -> Rows.list(rows, ChainEntry::of))
                        .chain(entries -> entries.isEmpty()
                                ? Uni.createFrom().item(Optional.empty())
                                : insert(connection, tenant, chain.block(entries))));
    }

    private static Uni<Optional<Sealed>> insert(SqlConnection connection, TenantId tenant, ChainBlock block) {
        return connection
                .preparedQuery(INSERT)
                .execute(Tuple.tuple()
                        .addString(tenant.value())
                        .addLong(block.lastSeq())
                        .addLong(block.end().place())
                        .addLong(block.end().id())
                        .addValue(block.previous())
                        .addArrayOfLong(block.ids().toArray(Long[]::new))
                        .addValue(block.hashes()))
                .replaceWith(Optional.of(new Sealed(block.end(tenant).head(), block.size() == MOST)));
    }
}
