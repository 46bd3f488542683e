package io.infraai.persistence.audit;

import java.util.List;

import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;

import io.infraai.contracts.identity.TenantId;
import io.infraai.persistence.audit.AuditLog.Place;

/**
 * Some links of a chain.
 *
 * @param end the last entry's place in the log
 * @param previous the hash before the first link
 * @param ids of the entries, in order
 * @param hashes one after the other
 */
record ChainBlock(long lastSeq, Place end, Buffer previous, List<Long> ids, Buffer hashes) {

    static final String COLUMNS = "last_seq, last_place, last_id, previous, ids, hashes";

    static ChainBlock of(Row row) {
        return new ChainBlock(
                row.getLong("last_seq"),
                new Place(row.getLong("last_place"), row.getLong("last_id")),
                row.get(Buffer.class, "previous"),
                List.of(row.getArrayOfLongs("ids")),
                row.get(Buffer.class, "hashes"));
    }

    int size() {
        return ids.size();
    }

    long firstSeq() {
        return lastSeq - ids.size() + 1;
    }

    Buffer hash(int index) {
        return hashes.getBuffer(index * AuditChain.WIDTH, (index + 1) * AuditChain.WIDTH);
    }

    AuditChain end(TenantId tenant) {
        return new AuditChain(tenant, lastSeq, hash(size() - 1), end);
    }
}
