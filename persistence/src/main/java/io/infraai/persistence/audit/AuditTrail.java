package io.infraai.persistence.audit;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;

import io.infraai.contracts.identity.TenantId;
import io.infraai.persistence.tenancy.StoredJson;

/** Adds entries to the audit log in the transaction of what they tell, so that there is neither without the other. */
public final class AuditTrail {

    private static final String WRITE = """
            INSERT INTO audit_entry (tenant_id, actor, action, target, task_id, detail)
            VALUES ($1, $2, $3, $4, $5, $6::text::json)""";

    private AuditTrail() {}

    public static Uni<Void> write(SqlConnection connection, TenantId tenant, AuditNote note) {
        return connection
                .preparedQuery(WRITE)
                .execute(Tuple.tuple()
                        .addString(tenant.value())
                        .addString(note.actor())
                        .addString(note.action().wire())
                        .addString(note.target())
                        .addLong(note.taskId())
                        .addString(StoredJson.write(note.detail())))
                .replaceWithVoid();
    }
}
