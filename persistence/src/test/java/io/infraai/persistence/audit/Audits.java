package io.infraai.persistence.audit;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.smallrye.mutiny.Multi;

import io.infraai.contracts.audit.AuditAction;
import io.infraai.contracts.audit.AuditCheck;
import io.infraai.contracts.audit.AuditHead;
import io.infraai.contracts.identity.TenantId;
import io.infraai.persistence.tenancy.Database;

import static io.infraai.persistence.tenancy.Database.await;
import static org.assertj.core.api.Assertions.assertThat;

/** One tenant's audit log, from all sides. */
final class Audits {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    final Database database;
    final TenantId tenant;
    final AuditLog log;
    final AuditSealing sealing;

    private Audits(Database database, TenantId tenant) {
        this.database = database;
        this.tenant = tenant;
        this.log = new PgAuditLog(database.scope());
        this.sealing = new PgAuditSealing(database.scope());
    }

    static Audits fresh() {
        return new Audits(Database.shared(), Database.shared().newTenant());
    }

    /** A log of some blocks. */
    static Audits with(int blocks, int entriesInEach) {
        var audits = fresh();
        for (var i = 0; i < blocks; i++) {
            audits.write(entriesInEach, "block-" + i);
            audits.seal();
        }
        return audits;
    }

    /** All in one transaction. */
    void write(int entries, String target) {
        await(database.scope()
                .in(
                        tenant,
                        connection -> Multi.createFrom()
                                .iterable(IntStream.range(0, entries).boxed().toList())
                                .onItem()
                                .transformToUniAndConcatenate(
                                        i -> AuditTrail.write(connection, tenant, note(target, i)))
                                .collect()
                                .asList()));
    }

    static AuditNote note(String target, int number) {
        return new AuditNote(
                        "key:alice",
                        AuditAction.EFFECT,
                        target,
                        7L,
                        JsonNodeFactory.instance.objectNode().put("tool", "restart_pod"))
                .with("number", number);
    }

    /** Until something was: a transaction of another test may still be under way. */
    AuditHead seal() {
        var until = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < until) {
            var block = await(sealing.seal(tenant));
            if (block.isPresent()) {
                return block.get().head();
            }
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
        throw new AssertionError("Nothing was sealed");
    }

    AuditCheck verify(AuditHead... anchors) {
        return await(log.verify(tenant, AuditHead.START, List.of(anchors)));
    }

    List<Long> ids() {
        return database
                .query("SELECT id FROM audit_entry WHERE tenant_id = ? ORDER BY place, id", tenant.value())
                .stream()
                .map(row -> (Long) row.get("id"))
                .toList();
    }

    /** As somebody does who owns the schema and switches off what stands in the way. */
    int tamper(String sql, Object... parameters) {
        try (var connection = database.owner();
                var guards = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (var table : List.of("audit_entry", "audit_block")) {
                guards.execute("ALTER TABLE " + table + " DISABLE TRIGGER USER, NO FORCE ROW LEVEL SECURITY");
            }
            int changed;
            try (var statement = connection.prepareStatement(sql)) {
                for (var i = 0; i < parameters.length; i++) {
                    statement.setObject(i + 1, parameters[i]);
                }
                changed = statement.executeUpdate();
            }
            for (var table : List.of("audit_entry", "audit_block")) {
                guards.execute("ALTER TABLE " + table + " ENABLE TRIGGER USER, FORCE ROW LEVEL SECURITY");
            }
            connection.commit();
            assertThat(changed).as(sql).isPositive();
            return changed;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }
}
