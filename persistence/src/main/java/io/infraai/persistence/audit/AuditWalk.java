package io.infraai.persistence.audit;

import java.util.List;
import java.util.Optional;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;

import io.infraai.contracts.audit.AuditCheck;
import io.infraai.contracts.audit.AuditCheck.Broken;
import io.infraai.contracts.audit.AuditCheck.Fault;
import io.infraai.contracts.audit.AuditHead;
import io.infraai.contracts.identity.TenantId;
import io.infraai.persistence.audit.AuditProgress.Page;
import io.infraai.persistence.tenancy.Rows;
import io.infraai.persistence.tenancy.TenantScope;

/** Goes along a tenant's chain, some blocks to a transaction, until it ends, breaks, or enough was checked for one call. */
final class AuditWalk {

    private static final int BLOCKS = 50;
    private static final long ENOUGH = 200_000;
    private static final int PAGES = 100;

    private static final String SELECT = "SELECT " + ChainBlock.COLUMNS + " FROM audit_block ";

    private static final String BLOCK_WITH = SELECT + "WHERE last_seq >= $1 ORDER BY last_seq LIMIT 1";

    private static final String BLOCK_BEFORE = SELECT + "WHERE last_seq < $1 ORDER BY last_seq DESC LIMIT 1";

    private static final String NEXT_BLOCKS = SELECT + "WHERE last_seq > $1 ORDER BY last_seq LIMIT $2";

    private static final String ENTRIES = "SELECT " + ChainEntry.COLUMNS
            + " FROM audit_entry WHERE (place, id) > ($1, $2) AND (place, id) <= ($3, $4) ORDER BY place, id LIMIT $5";

    private static final String UNSEALED = """
            SELECT count(*) AS unsealed FROM (SELECT FROM audit_entry WHERE (place, id) > ($1, $2) LIMIT 100000) e""";

    private final TenantScope scope;

    AuditWalk(TenantScope scope) {
        this.scope = scope;
    }

    Uni<AuditCheck> from(TenantId tenant, AuditHead after, List<AuditHead> anchors) {
        return scope.in(tenant, connection -> located(connection, AuditChain.start(tenant), after, anchors))
                .chain(start ->
                        start.broken() == null ? pages(start) : Uni.createFrom().item(start.result(false, 0)));
    }

    private static Uni<AuditProgress> located(
            SqlConnection connection, AuditChain start, AuditHead after, List<AuditHead> anchors) {
        if (after.seq() == 0) {
            var broken = after.equals(AuditHead.START)
                    ? null
                    : new Broken(0, null, Fault.ALTERED, "No chain begins with this head");
            return Uni.createFrom().item(new AuditProgress(start, 0, 0, anchors, broken));
        }
        return block(connection, BLOCK_WITH, after.seq())
                .chain(with -> block(
                                connection,
                                BLOCK_BEFORE,
                                with.map(ChainBlock::firstSeq).orElse(after.seq()))
                        .map(before ->
                                located(before.map(it -> it.end(start.tenant())).orElse(start), with, after, anchors)));
    }

    /** Inside a block its beginning is taken, since only there it is known where the entries lie. */
    private static AuditProgress located(
            AuditChain before, Optional<ChainBlock> with, AuditHead after, List<AuditHead> anchors) {
        if (with.isEmpty()) {
            return new AuditProgress(before, 0, 0, anchors, AuditProgress.cutOff(before.seq(), after));
        }
        var block = with.get();
        var strayed = AuditProgress.strayed(block, after);
        var start = strayed.isEmpty() && after.seq() == block.lastSeq() ? block.end(before.tenant()) : before;
        return new AuditProgress(start, 0, 0, anchors, strayed.orElse(null));
    }

    private Uni<AuditCheck> pages(AuditProgress progress) {
        var chain = progress.chain();
        return scope.in(chain.tenant(), connection -> page(connection, chain))
                // many hashes would hold up the event loop
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .chain(page -> page.blocks().isEmpty() ? atEnd(progress.ended()) : goOn(progress.over(page)));
    }

    private Uni<AuditCheck> goOn(AuditProgress progress) {
        var enough = progress.checked() >= ENOUGH || progress.pages() >= PAGES;
        return progress.broken() != null || enough ? Uni.createFrom().item(progress.result(false, 0)) : pages(progress);
    }

    private Uni<AuditCheck> atEnd(AuditProgress progress) {
        var end = progress.chain().end();
        return scope.in(
                progress.chain().tenant(),
                connection -> connection
                        .preparedQuery(UNSEALED)
                        .execute(Tuple.of(end.place(), end.id()))
                        .map(rows ->
                                progress.result(true, rows.iterator().next().getLong("unsealed"))));
    }

    private static Uni<Page> page(SqlConnection connection, AuditChain chain) {
        return connection
                .preparedQuery(NEXT_BLOCKS)
                .execute(Tuple.of(chain.seq(), BLOCKS))
                .map(rows -> Rows.list(rows, ChainBlock::of))
                .chain(blocks -> blocks.isEmpty()
                        ? Uni.createFrom().item(new Page(blocks, List.of()))
                        : entries(connection, chain, blocks).map(entries -> new Page(blocks, entries)));
    }

    private static Uni<List<ChainEntry>> entries(SqlConnection connection, AuditChain chain, List<ChainBlock> blocks) {
        var end = blocks.getLast().end();
        var links = blocks.stream().mapToInt(ChainBlock::size).sum();
        return connection
                .preparedQuery(ENTRIES)
                .execute(Tuple.tuple()
                        .addLong(chain.end().place())
                        .addLong(chain.end().id())
                        .addLong(end.place())
                        .addLong(end.id())
                        .addLong(links + 1L))
                .map(rows -> Rows.list(rows, ChainEntry::of));
    }

    private static Uni<Optional<ChainBlock>> block(SqlConnection connection, String sql, long seq) {
        return connection.preparedQuery(sql).execute(Tuple.of(seq)).map(rows -> Rows.first(rows, ChainBlock::of));
    }
}
