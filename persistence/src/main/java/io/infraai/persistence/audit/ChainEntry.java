package io.infraai.persistence.audit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import io.vertx.mutiny.sqlclient.Row;
import org.jspecify.annotations.Nullable;

import io.infraai.contracts.identity.TenantId;
import io.infraai.persistence.audit.AuditLog.Place;
import io.infraai.persistence.tenancy.Rows;

/**
 * An entry as the chain holds it.
 *
 * @param detail JSON, to the letter
 */
record ChainEntry(
        Place place,
        Instant at,
        String actor,
        String action,
        String target,
        @Nullable Long taskId,
        String detail) {

    static final String COLUMNS = "place, id, at, actor, action, target, task_id, detail::text";

    private static final String FORM = "1";

    static ChainEntry of(Row row) {
        return new ChainEntry(
                new Place(row.getLong("place"), row.getLong("id")),
                Rows.time(row, "at"),
                row.getString("actor"),
                row.getString("action"),
                row.getString("target"),
                row.getLong("task_id"),
                row.getString("detail"));
    }

    long id() {
        return place.id();
    }

    /** Field by field with its length before it, so that no two entries read the same: a form that may never change. */
    void feed(MessageDigest digest, TenantId tenant, long seq) {
        feed(digest, FORM);
        feed(digest, tenant.value());
        feed(digest, Long.toString(seq));
        feed(digest, Long.toString(place.place()));
        feed(digest, Long.toString(place.id()));
        feed(digest, Long.toString(ChronoUnit.MICROS.between(Instant.EPOCH, at)));
        feed(digest, actor);
        feed(digest, action);
        feed(digest, target);
        feed(digest, taskId == null ? "" : Long.toString(taskId));
        feed(digest, detail);
    }

    private static void feed(MessageDigest digest, String field) {
        var bytes = field.getBytes(StandardCharsets.UTF_8);
        digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
        digest.update(bytes);
    }
}
